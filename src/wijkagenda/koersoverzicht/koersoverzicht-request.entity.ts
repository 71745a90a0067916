import { Entity, Unique } from 'typeorm';
import { Id, Moment, Reference, Version } from '../../platform/database/columns.js';
import { Area } from '../../directory/areas/area.entity.js';
import { Person } from '../../directory/people/person.entity.js';

/** A person's request for the monthly koersoverzicht by mail. */
@Entity('koersoverzicht_requests')
@Unique(['personId'])
export class KoersoverzichtRequest {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  /** Null for everything the person may see. */
  @Reference(() => Area, { nullable: true })
  areaId: string | null;
  @Moment()
  askedAt: string;
  @Version()
  version: number;
}

import { Entity, Index } from 'typeorm';
import { Id, PeriodColumns, Reference, Version } from '../../platform/database/columns.js';
import { Area } from '../areas/area.entity.js';
import { Organisation } from '../organisations/organisation.entity.js';
import { Person } from './person.entity.js';

/** The person who is an organisation's contact in an area. */
@Entity('contacts')
@Index(['organisationId', 'areaId'])
@Index(['personId'])
export class Contact extends PeriodColumns {
  @Id()
  id: string;
  @Reference(() => Organisation)
  organisationId: string;
  /** Null for the general contact. */
  @Reference(() => Area, { nullable: true })
  areaId: string | null;
  @Reference(() => Person)
  personId: string;
  @Version()
  version: number;
}

import { Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Reference, Version } from '../../platform/database/columns.js';
import { Area } from '../../directory/areas/area.entity.js';
import { Person } from '../../directory/people/person.entity.js';

export const PUBLICATION_SUBJECTS = ['quarterly_results', 'reviews'] as const;
export type PublicationSubject = (typeof PUBLICATION_SUBJECTS)[number];

/** A person's request for a mail when something of an area is published. */
@Entity('publication_requests')
@Unique(['personId', 'subject', 'areaId'])
@Index(['subject'])
export class PublicationRequest {
  @Id()
  id: string;
  @Reference(() => Person)
  personId: string;
  @Line(20)
  subject: PublicationSubject;
  /** Includes the areas below it; null for everything the person may read. */
  @Reference(() => Area, { nullable: true })
  areaId: string | null;
  @Moment()
  askedAt: string;
  @Version()
  version: number;
}

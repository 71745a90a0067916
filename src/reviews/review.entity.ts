import { Column, Entity, Index } from 'typeorm';
import { Day, Id, Json, Line, Moment, Reference, Version } from '../platform/database/columns.js';
import { Area } from '../directory/areas/area.entity.js';
import { Person } from '../directory/organisations/person.entity.js';

export const REVIEW_STATES = ['draft', 'final'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** What the chair writes beside the figures. */
export interface ReviewTexts {
  succeeded?: string;
  notSucceeded?: string;
  learned?: string;
  nextYear?: string;
}

/** A one-year review of an area with what is below it, or of one opgave there. */
@Entity('reviews')
@Index(['areaId', 'asOf'])
export class Review {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
  /** Only what serves this opgave; null is everything. */
  @Column({ type: 'uuid', nullable: true })
  opgaveId: string | null;
  @Day()
  fromOn: string;
  /** Peildatum; both ends count. */
  @Day()
  asOf: string;
  @Line(10)
  state: ReviewState;
  /** Null while a draft: what is known now counts. */
  @Moment({ nullable: true })
  knownAt: string | null;
  @Json()
  texts: ReviewTexts;
  /** The whole review as frozen. */
  @Json({ nullable: true })
  document: unknown;
  @Line(64, { nullable: true })
  hash: string | null;
  @Reference(() => Person, { nullable: true })
  createdById: string | null;
  @Moment({ nullable: true })
  frozenAt: string | null;
  /** When the draft went to the parties; null before. */
  @Moment({ nullable: true })
  circulatedAt: string | null;
  /** The last day of the fourteen in which the parties can count on being heard. */
  @Day({ nullable: true })
  reactionsUntilOn: string | null;
  /** Null unless the public can read it. */
  @Moment({ nullable: true })
  publishedAt: string | null;
  @Version()
  version: number;
}

import { Column, Entity, Index } from 'typeorm';
import { Day, Id, Json, Line, Moment, Reference, Version } from '../platform/database/columns.js';
import { Area } from '../directory/areas/area.entity.js';
import { Person } from '../directory/people/person.entity.js';

export const REVIEW_STATES = ['draft', 'final'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** The chair's texts beside the figures. */
export interface ReviewTexts {
  succeeded?: string;
  notSucceeded?: string;
  learned?: string;
  nextYear?: string;
}

/** A one-year review of an area including everything below it, or of one opgave there. */
@Entity('reviews')
@Index(['areaId', 'asOf'])
export class Review {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
  /** Restricts it to what serves this opgave; null for everything. */
  @Column({ type: 'uuid', nullable: true })
  opgaveId: string | null;
  @Day()
  fromOn: string;
  /** The reference date (peildatum); the period includes both days. */
  @Day()
  asOf: string;
  @Line(10)
  state: ReviewState;
  /** Null for a draft, which uses what is known now. */
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
  /** When the draft was sent to the parties; null before. */
  @Moment({ nullable: true })
  circulatedAt: string | null;
  /** The last of the fourteen days in which the parties' reactions are awaited. */
  @Day({ nullable: true })
  reactionsUntilOn: string | null;
  /** Null unless published. */
  @Moment({ nullable: true })
  publishedAt: string | null;
  @Version()
  version: number;
}

import { Entity, Index } from 'typeorm';
import { Day, Id, Json, Line, Moment, Reference, Version } from '../database/columns.js';
import { Area } from '../areas/area.entity.js';
import { Person } from '../organisations/person.entity.js';

export const REVIEW_STATES = ['draft', 'final'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** What the chair writes beside the figures. */
export interface ReviewTexts {
  succeeded?: string;
  notSucceeded?: string;
  learned?: string;
  nextYear?: string;
}

/** A one-year review of an area with what is below it. */
@Entity('reviews')
@Index(['areaId', 'asOf'])
export class Review {
  @Id()
  id: string;
  @Reference(() => Area)
  areaId: string;
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
  @Version()
  version: number;
}

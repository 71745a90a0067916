import { Entity, Unique } from 'typeorm';
import { Id, Line, Moment, Prose, Whole } from '../platform/database/columns.js';

export const DIGEST_RUN_STATES = ['planned', 'skipped'] as const;
export type DigestRunState = (typeof DIGEST_RUN_STATES)[number];

/** One week's digest, planned once; nobody is added later. */
@Entity('digest_runs')
@Unique(['isoYear', 'isoWeek'])
export class DigestRun {
  @Id()
  id: string;
  @Whole()
  isoYear: number;
  @Whole()
  isoWeek: number;
  @Line(10)
  state: DigestRunState;
  @Moment()
  dueAt: string;
  @Moment()
  plannedAt: string;
  /** The number of addresses planned. */
  @Whole({ default: 0 })
  planned: number;
  /** Why the week was skipped: a code, in older rows an English sentence. */
  @Prose({ nullable: true })
  reason: string | null;
}

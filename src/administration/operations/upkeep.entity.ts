import { Entity, PrimaryColumn } from 'typeorm';
import { Moment, Prose } from '../../platform/database/columns.js';

/** Maintenance started from outside the service: a backup, or a verification of the hash chains. */
export type UpkeepKind = 'backup' | 'verify';

/** When each kind of maintenance was last done, and its result. */
@Entity('upkeep')
export class Upkeep {
  @PrimaryColumn({ type: 'varchar', length: 20 })
  kind: UpkeepKind;
  @Moment()
  at: string;
  /** What was wrong, in words; null if everything was intact. */
  @Prose({ nullable: true })
  flaw: string | null;
}

import { Entity, PrimaryColumn } from 'typeorm';
import { Moment, Prose } from '../../platform/database/columns.js';

/** What keeps the data safe, done from outside the service: a back-up, or a check of the chains. */
export type UpkeepKind = 'backup' | 'verify';

/** When each kind of upkeep was last done, and what it found. */
@Entity('upkeep')
export class Upkeep {
  @PrimaryColumn({ type: 'varchar', length: 20 })
  kind: UpkeepKind;
  @Moment()
  at: string;
  /** What was found wrong, in words; null when all was whole. */
  @Prose({ nullable: true })
  flaw: string | null;
}

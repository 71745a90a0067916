import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Json, Line, Moment } from '../database/columns.js';

/** The rights under which an answer was given. */
export interface KeptScope {
  areaId: string | null;
  organisationIds: string[];
  meetingIds: string[];
  /** Null for what is open. */
  partyIds: string[] | null;
}

@Entity('idempotency_keys')
@Index(['recordedAt'])
export class IdempotencyKey {
  @PrimaryColumn({ type: 'uuid' })
  personId: string;
  @PrimaryColumn({ type: 'varchar', length: 200 })
  key: string;
  /** Of method, path and body. */
  @Line(64)
  fingerprint: string;
  @Json()
  answer: unknown;
  /** Checked again before the answer is repeated. */
  @Json()
  scope: KeptScope;
  @Moment()
  recordedAt: string;
}

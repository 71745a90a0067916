import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Json, Line, Moment } from '../database/columns.js';

/** The permissions under which a response was given. */
export interface KeptScope {
  areaId: string | null;
  organisationIds: string[];
  meetingIds: string[];
  /** Left out where the permission did not depend on being named for a session. */
  sessionIds?: string[];
  /** Null when it is not confidential. */
  partyIds: string[] | null;
}

@Entity('idempotency_keys')
@Index(['recordedAt'])
export class IdempotencyKey {
  @PrimaryColumn({ type: 'uuid' })
  personId: string;
  @PrimaryColumn({ type: 'varchar', length: 200 })
  key: string;
  /** Hash of method, path and body. */
  @Line(64)
  fingerprint: string;
  @Json()
  answer: unknown;
  /** Rechecked before the response is replayed. */
  @Json()
  scope: KeptScope;
  @Moment()
  recordedAt: string;
}

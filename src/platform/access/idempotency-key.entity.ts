import { Check, Column, Entity, Index, Unique } from 'typeorm';
import { Id, Json, Line, Moment } from '../database/columns.js';

/** The permissions under which a response was given. */
export interface KeptScope {
  areaId: string | null;
  organisationIds: string[];
  meetingIds: string[];
  /** Omitted if the permission did not depend on being named for a session. */
  sessionIds?: string[];
  /** Null when it is not confidential. */
  partyIds: string[] | null;
}

/** A stored response, replayed to the person or client (exactly one of the two) that made the request. */
@Entity('idempotency_keys')
@Unique(['personId', 'key'])
@Unique(['clientId', 'key'])
@Check('idempotency_keys_actor', '("personId" IS NULL) <> ("clientId" IS NULL)')
@Index(['recordedAt'])
export class IdempotencyKey {
  @Id()
  id: string;
  @Column({ type: 'uuid', nullable: true })
  personId: string | null;
  @Column({ type: 'uuid', nullable: true })
  clientId: string | null;
  @Line(200)
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

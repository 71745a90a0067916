import { Column, Entity, Index, Unique } from 'typeorm';
import { Id, Json, Line, Moment, OutboxColumns, Prose, Whole } from '../database/columns.js';

export const MESSAGE_STATES = [
  'planned',
  'claimed',
  'sent',
  'deferred',
  'uncertain',
  'failed',
  'not_needed',
  'skipped',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** One message to one address. All mail leaves through this table. */
@Entity('outgoing_messages')
@Unique(['dedupeKey'])
@Index('outgoing_messages_due', ['state', 'expiresAt', 'nextAttemptAt', 'id'])
@Index(['batchId'])
@Index('outgoing_messages_refused', ['refusedAt'], { where: '"refusedAt" IS NOT NULL' })
@Index(['personId'])
export class OutgoingMessage extends OutboxColumns {
  @Id()
  id: string;
  @Line(30)
  kind: string;
  /** One message per key, no matter who plans it how often. */
  @Line(200)
  dedupeKey: string;
  @Column({ type: 'uuid', nullable: true })
  personId: string | null;
  /** The digest run or the minutes it belongs to. */
  @Column({ type: 'uuid', nullable: true })
  batchId: string | null;
  @Line(254)
  address: string;
  /** Ids needed to render it when it is sent; never its text. */
  @Json()
  payload: Record<string, unknown>;
  @Line(20)
  state: MessageState;
  @Line(200, { nullable: true })
  messageId: string | null;
  @Line(500, { nullable: true })
  subject: string | null;
  @Line(64, { nullable: true })
  hash: string | null;
  /** The number of actions it lists; of a digest, without confidential ones. */
  @Whole({ default: 0 })
  lines: number;
  /** The mail server's last response. */
  @Prose({ nullable: true })
  serverWords: string | null;
  @Moment({ nullable: true })
  sentAt: string | null;
  /** When the mail server permanently refused the address; null for any other outcome. */
  @Moment({ nullable: true })
  refusedAt: string | null;
}

/**
 * SQL that forgets how a message was composed, so that it is checked and composed again; its bytes have to be discarded
 * too: `discardBytes`.
 */
export const UNMADE = '"hash" = NULL, "messageId" = NULL, "subject" = NULL, "lines" = 0';

/** SQL for "mailed only because of what is confidential", as planned: nobody else may learn of it. */
export const isOfConfidential = (alias: string): string => `${alias}."payload" LIKE '%"isConfidential":true%'`;

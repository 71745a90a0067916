import { Column, Entity, Index, Unique } from 'typeorm';
import { Id, Line, Moment, Reference, Version, Whole } from '../../platform/database/columns.js';
import { Client } from './client.entity.js';

@Entity('client_tokens')
@Unique(['hash'])
@Index(['clientId'])
@Index(['replacesId'])
export class ClientToken {
  @Id()
  id: string;
  @Reference(() => Client)
  clientId: string;
  /** SHA-256 of the token, which is shown once. */
  @Line(64)
  hash: string;
  /** How long it and its successors are valid, in days. */
  @Whole()
  days: number;
  /** No successor is valid after this moment; null when it can be replaced for as long as the client exists. */
  @Moment({ nullable: true })
  renewableUntil: string | null;
  @Moment()
  createdAt: string;
  @Moment()
  expiresAt: string;
  @Moment({ nullable: true })
  lastUsedAt: string | null;
  @Moment({ nullable: true })
  revokedAt: string | null;
  /** The token with which the client requested this one; it may have been deleted. */
  @Column({ type: 'uuid', nullable: true })
  replacesId: string | null;
  @Version()
  version: number;
}

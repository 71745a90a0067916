import { Column, Entity, Index, Unique } from 'typeorm';
import { Id, Moment, Reference, Version, Whole } from '../../platform/database/columns.js';
import { TokenColumns } from '../token-columns.js';
import { Client } from './client.entity.js';

@Entity('client_tokens')
@Unique(['hash'])
@Index(['clientId'])
@Index(['replacesId'])
export class ClientToken extends TokenColumns {
  @Id()
  id: string;
  @Reference(() => Client)
  clientId: string;
  /** How long it and its successors are valid, in days. */
  @Whole()
  days: number;
  /** No successor is valid after this moment; null when it can be replaced for as long as the client exists. */
  @Moment({ nullable: true })
  renewableUntil: string | null;
  /** The token with which the client requested this one; it may have been deleted. */
  @Column({ type: 'uuid', nullable: true })
  replacesId: string | null;
  @Version()
  version: number;
}

import { Column, Entity, Index, Unique } from 'typeorm';
import { Id, Json, Line, Moment, Reference } from '../database/columns.js';
import { OutgoingMessage } from './outgoing-message.entity.js';

/** A narrow permission carried by a mail: for one person and one mail, until a given moment. */
@Entity('mail_links')
@Unique(['hash'])
@Index(['personId'])
export class MailLink {
  @Id()
  id: string;
  @Line(20)
  purpose: string;
  @Column({ type: 'uuid' })
  personId: string;
  @Reference(() => OutgoingMessage, { nullable: true })
  messageId: string | null;
  /** The subjects it gives access to: for a digest the actions in that mail. */
  @Json()
  subjectIds: string[];
  /** SHA-256 of the token; the token itself exists in the mail only. */
  @Line(64)
  hash: string;
  @Moment()
  expiresAt: string;
  @Moment({ nullable: true })
  usedAt: string | null;
}

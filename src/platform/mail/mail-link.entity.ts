import { Column, Entity, Index, Unique } from 'typeorm';
import { Id, Json, Line, Moment, Reference } from '../database/columns.js';
import { OutgoingMessage } from './outgoing-message.entity.js';

/** A narrow permission in a mail: one person, one mail, until a moment. */
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
  /** What it opens: for a digest the actions of that mail. */
  @Json()
  subjectIds: string[];
  /** SHA-256 of the token; the token itself stands only in the mail. */
  @Line(64)
  hash: string;
  @Moment()
  expiresAt: string;
  @Moment({ nullable: true })
  usedAt: string | null;
}

import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Prose } from '../database/columns.js';
import { OutgoingMessage } from './outgoing-message.entity.js';

/**
 * A message as it was composed. In a table of its own, because SQLite writes a row again as a whole whenever its length
 * changes, and the state of a message changes three times. Deleted with the message.
 */
@Entity('message_bytes')
export class MessageBytes {
  @ForeignKey(() => OutgoingMessage, { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  messageId: string;
  /** The whole message, stored before the first attempt and resent unchanged. */
  @Prose()
  bytes: string;
}

import { Entity, PrimaryColumn } from 'typeorm';
import { Line, Moment } from '../database/columns.js';

/** Whether this copy of the data may send mail. One row. */
@Entity('mail_hold')
export class MailHold {
  /** Always 1. */
  @PrimaryColumn({ type: 'integer' })
  id: number;
  /**
   * On PostgreSQL the server, database and transaction that wrote this row, as recorded by that transaction: in a row
   * that was copied or restored they no longer match. Null on SQLite and before the first start.
   */
  @Line(60, { nullable: true })
  home: string | null;
  /** Since when no mail is planned or sent, because this is a restored copy; null when mail is allowed. */
  @Moment({ nullable: true })
  heldAt: string | null;
  /**
   * When mail was last released: weeks and months that began earlier are not sent. Null if it never was, or if they
   * must be sent.
   */
  @Moment({ nullable: true })
  releasedAt: string | null;
}

import { Entity, PrimaryColumn } from 'typeorm';
import { Line, Moment } from './columns.js';

/** Whether this copy of the data may send mail. One row. */
@Entity('mail_hold')
export class MailHold {
  /** Always 1. */
  @PrimaryColumn({ type: 'integer' })
  id: number;
  /**
   * On PostgreSQL the server, the database and the transaction that wrote this row, as it wrote them itself: a row that was
   * copied or put back says something else than what it is. Null on SQLite and before the first start.
   */
  @Line(60, { nullable: true })
  home: string | null;
  /** Since when no mail is planned or sent, because this is a restored copy; null when mail is allowed. */
  @Moment({ nullable: true })
  heldAt: string | null;
  /** When mail was last released: weeks and months that began before are not sent. Null if never, or if they are to be. */
  @Moment({ nullable: true })
  releasedAt: string | null;
}

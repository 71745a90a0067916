import { Entity, PrimaryColumn } from 'typeorm';
import { Line, Moment } from './columns.js';

/** Whether this copy of the data may send mail. One row. */
@Entity('mail_hold')
export class MailHold {
  /** Always 1. */
  @PrimaryColumn({ type: 'integer' })
  id: number;
  /** The PostgreSQL database in which a service last ran; null on SQLite and before the first start. */
  @Line(60, { nullable: true })
  home: string | null;
  /** Since when no mail is planned or sent, because this is a restored copy; null when mail is allowed. */
  @Moment({ nullable: true })
  heldAt: string | null;
}

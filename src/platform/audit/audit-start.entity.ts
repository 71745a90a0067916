import { Entity, PrimaryColumn } from 'typeorm';
import { Line, Whole } from '../database/columns.js';

/** The last link that is gone because its term was over; the chain follows on it. All zeros while nothing is gone. */
@Entity('audit_start')
export class AuditStart {
  /** Always 1. */
  @PrimaryColumn({ type: 'integer' })
  id: number;
  @Whole()
  sequence: number;
  @Line(64)
  hash: string;
}

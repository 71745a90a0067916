import { Entity, PrimaryColumn } from 'typeorm';
import { Line, Whole } from '../database/columns.js';

/**
 * The last link that was destroyed (end of retention); the chain continues from it. All zeros if nothing was destroyed.
 */
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

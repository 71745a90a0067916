import { Entity, PrimaryColumn } from 'typeorm';
import { Line, Whole } from '../database/columns.js';

/** The last link of the chain, kept apart so that a cut-off tail shows. */
@Entity('audit_head')
export class AuditHead {
  /** Always 1. */
  @PrimaryColumn({ type: 'integer' })
  id: number;
  @Whole()
  sequence: number;
  @Line(64)
  hash: string;
}

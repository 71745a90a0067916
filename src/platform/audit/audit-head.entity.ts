import { Entity, PrimaryColumn } from 'typeorm';
import { Line, Whole } from '../database/columns.js';

/** The last link of the chain, stored separately so that truncation is detected. */
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

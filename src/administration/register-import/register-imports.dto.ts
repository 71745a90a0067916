import { IsIn } from 'class-validator';
import { type Register, type RegisterColumn, REGISTERS } from './register-columns.rules.js';
import type { TakenRow } from './register-rows.service.js';

export class CreateRegisterImportDto {
  /** The register the file is for. */
  @IsIn(REGISTERS)
  register: Register;
}

export interface RegisterTableView {
  register: Register;
  columns: readonly RegisterColumn[];
  /** The cells in column order. */
  rows: string[][];
}

export interface RegisterImportView {
  id: string;
  register: Register;
  state: 'proposed' | 'executed';
  format: 'csv' | 'xlsx';
  /** The encoding a CSV was read in. */
  encoding: string | null;
  /** Columns of the file that are unknown and were ignored. */
  unknownColumns: string[];
  counts: Record<TakenRow['outcome'], number>;
  rows: TakenRow[];
  createdAt: string;
  executedAt: string | null;
  version: number;
}

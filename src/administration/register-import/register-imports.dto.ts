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

export const REGISTER_TABLE_EXAMPLE = {
  register: 'organisations',
  columns: ['naam', 'soort', 'andere namen'],
  rows: [['Politie', 'politie', 'wijkpolitie']],
} satisfies RegisterTableView;

export const REGISTER_IMPORT_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000911',
  register: 'areas',
  state: 'proposed',
  format: 'csv',
  encoding: 'windows-1252',
  unknownColumns: ['opmerking'],
  counts: { new: 0, changed: 0, unchanged: 0, cannot: 1 },
  rows: [
    {
      row: 2,
      title: 'Boskoop, BOS',
      outcome: 'cannot',
      changes: [{ column: 'naam', from: 'Boskoop-Dorp', to: 'Boskoop' }],
      questions: [{ column: 'valt onder', message: 'Het gebied "TBZ" is er niet.' }],
    },
  ],
  createdAt: '2026-06-02T10:00:00.000Z',
  executedAt: null,
  version: 1,
} satisfies RegisterImportView;

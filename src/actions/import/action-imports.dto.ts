import { IsId, Omittable } from '../../platform/common/input.js';
import type { ProposedRow } from './import-rows.rules.js';

export class CreateImportDto {
  /** The area of new actions. */
  @Omittable()
  @IsId()
  area?: string;
}

export interface ActionImportView {
  id: string;
  state: 'proposed' | 'executed';
  areaId: string | null;
  format: 'csv' | 'xlsx';
  /** The character encoding of a CSV. */
  encoding: string | null;
  /** Columns of the file that are unknown and were ignored. */
  unknownColumns: string[];
  counts: Record<ProposedRow['outcome'], number>;
  rows: ProposedRow[];
  createdAt: string;
  executedAt: string | null;
  version: number;
}

export const IMPORT_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000901',
  state: 'proposed',
  areaId: '019300a0-0000-7000-8000-000000000002',
  format: 'xlsx',
  encoding: null,
  unknownColumns: ['opmerking'],
  counts: { new: 0, changed: 0, unchanged: 0, cannot: 1 },
  rows: [
    {
      row: 2,
      number: 'BOS-12',
      title: 'Extra surveillance bij de skatebaan',
      outcome: 'cannot',
      changes: [{ column: 'wanneer', from: '16-06-2026', to: '30-06-2026' }],
      questions: [{ column: 'wanneer', message: 'Waarom wordt het later? Schrijf dat bij de stand van zaken.' }],
    },
  ],
  createdAt: '2026-06-02T10:00:00.000Z',
  executedAt: null,
  version: 1,
} satisfies ActionImportView;

import { IsBoolean } from 'class-validator';
import { IsId, Omittable } from '../../platform/common/input.js';
import type { ProposedRow, UnknownName } from './import-rows.rules.js';

export class CreateImportDto {
  /** The area of new actions. */
  @Omittable()
  @IsId()
  area?: string;
}

export class ExecuteImportDto {
  /**
   * Whether the owners already know of the new actions. If `false`, nobody is mailed about these until the first
   * session that discusses them is closed; defaults to `true`.
   */
  @Omittable()
  @IsBoolean()
  doOwnersKnow?: boolean;
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
  /** The names in the rows that match no organisation, most frequent first. */
  unknownNames: UnknownName[];
  rows: ProposedRow[];
  createdAt: string;
  executedAt: string | null;
  version: number;
}

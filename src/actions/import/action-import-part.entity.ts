import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Json } from '../../platform/database/columns.js';
import { ActionImport } from './action-import.entity.js';
import type { PlannedRow } from './import-rows.rules.js';

/** Some rows of an uploaded action list, in the order of the file. Deleted with the import. */
@Entity('action_import_parts')
export class ActionImportPart {
  @ForeignKey(() => ActionImport, { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  importId: string;
  /** 0 is the first. */
  @PrimaryColumn({ type: 'integer' })
  part: number;
  @Json()
  rows: PlannedRow[];
}

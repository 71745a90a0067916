import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import type { Change } from './register-cells.rules.js';
import type { Cells } from './register-columns.rules.js';

/** The result of a row: `subject` is the id of the record it is about; no other row may be about it. */
export interface Done {
  outcome: 'new' | 'changed' | 'unchanged';
  changes: Change[];
  subject: string;
  /** Another record this row has given data on. */
  touched?: string;
}

/** Applies a row of one register through the services, as if entered by hand; throws what they refuse. */
export interface RowWriter {
  /** `seen` returns the row on which a record was named before. */
  put(manager: EntityManager, cells: Cells, by: Caller, seen: ReadonlyMap<string, number>): Promise<Done>;
}

import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import type { Change } from './register-cells.rules.js';
import type { Cells } from './register-columns.rules.js';

/** What was done for a row: `subject` is the id of what the row is about; no other row may be about it too. */
export interface Done {
  outcome: 'new' | 'changed' | 'unchanged';
  changes: Change[];
  subject: string;
  /** What else this row has said something about. */
  touched?: string;
}

/** Does by the services what a row of one register asks, as if it were filled in by hand; throws what they refuse. */
export interface RowWriter {
  /** `seen` says on which row something was named before. */
  put(manager: EntityManager, cells: Cells, by: Caller, seen: ReadonlyMap<string, number>): Promise<Done>;
}

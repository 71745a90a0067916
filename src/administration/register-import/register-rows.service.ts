import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { invalid } from '../../platform/common/problems.js';
import { LongTask } from '../../platform/common/long-task.js';
import { withSavepoint } from '../../platform/database/savepoints.js';
import type { SheetRow } from '../../actions/import/import-columns.rules.js';
import { plain } from '../../actions/import/import-cells.rules.js';
import { BudgetRows } from './budget-rows.js';
import { InitiativeRows } from './initiative-rows.js';
import { AreaRows } from './area-rows.js';
import { ContactRows } from './contact-rows.js';
import { GrantRows } from './grant-rows.js';
import { OrganisationRows } from './organisation-rows.js';
import { PersonRows } from './person-rows.js';
import { type Change, type Violation, RefusedRow } from './register-cells.rules.js';
import type { Cells, Register, RegisterColumn } from './register-columns.rules.js';
import { violationsOf } from './register-violations.js';
import type { RowWriter } from './row-writer.js';

/**
 * The result of importing one row.
 * @schema RegisterImportRow
 */
export interface TakenRow {
  row: number;
  /** The subject of the row: a name, a code, an address. */
  title: string;
  outcome: 'new' | 'changed' | 'unchanged' | 'cannot';
  changes: Change[];
  questions: Violation[];
}

/** The maximum number of rows written while others wait; rows that change nothing are cheap and do not count. */
const MOST_WRITTEN = 500;
const TOO_MANY = `Dit bestand voegt meer dan ${MOST_WRITTEN} regels toe of wijzigt ze. Knip het in stukken.`;
const NAMED_BY: readonly RegisterColumn[] = [
  'naam',
  'code',
  'organisatie',
  'initiatief',
  'gebied',
  'jaar',
  'e-mailadres',
  'rol',
];

/** Imports the rows of a file into a register, each by the same services and rules as one entered by hand. */
@Injectable()
export class RegisterRows {
  private readonly writers: Record<Register, RowWriter>;

  constructor(
    areas: AreaRows,
    organisations: OrganisationRows,
    people: PersonRows,
    contacts: ContactRows,
    grants: GrantRows,
    budgets: BudgetRows,
    initiatives: InitiativeRows,
  ) {
    this.writers = { areas, organisations, people, contacts, grants, budgets, initiatives };
  }

  /**
   * In file order, so that a row can refer to an earlier one. A refused row leaves nothing behind. 400 if more rows
   * would write something than the maximum.
   */
  async takeIn(
    manager: EntityManager,
    register: Register,
    rows: readonly SheetRow<RegisterColumn>[],
    by: Caller,
  ): Promise<TakenRow[]> {
    const writer = this.writers[register];
    const seen = new Map<string, number>();
    const taken: TakenRow[] = [];
    const turns = new LongTask();
    let written = 0;
    for (const { at, cells } of rows) {
      const head = { row: at, title: titleOf(cells) };
      try {
        const { subject, touched, ...done } = await withSavepoint(manager, async () => {
          const one = await writer.put(manager, cells, by, seen);
          const before = seen.get(one.subject);
          if (before !== undefined)
            throw new RefusedRow([{ column: null, message: `Dit staat al op regel ${before}.` }]);
          return one;
        });
        for (const id of [subject, touched]) if (id && !seen.has(id)) seen.set(id, at);
        taken.push({ ...head, ...done, questions: [] });
        written += done.outcome === 'unchanged' ? 0 : 1;
      } catch (error) {
        taken.push({ ...head, outcome: 'cannot', changes: [], questions: violationsOf(error) });
      }
      if (written > MOST_WRITTEN) throw invalid([{ field: 'file', message: TOO_MANY }]);
      await turns.yieldToEventLoop();
    }
    return taken;
  }
}

const titleOf = (cells: Cells): string =>
  NAMED_BY.map((column) => plain(cells[column] ?? ''))
    .filter((text) => text !== '')
    .join(', ');

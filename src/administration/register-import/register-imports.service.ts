import { Injectable } from '@nestjs/common';
import { isPermitted } from '../../platform/access/access.rules.js';
import { asPerson, type Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { conflict, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { execute, row } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { dryRun } from '../../platform/database/savepoints.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { insertRow, updateRow } from '../../platform/database/writes.js';
import { ReadingThread } from '../../actions/import/reading-thread.js';
import { READING_MODULE, readIn } from '../../actions/import/table-reading.js';
import { type Register, REGISTER_LAYOUTS, type RegisterColumn } from './register-columns.rules.js';
import { RegisterImport } from './register-import.entity.js';
import type { RegisterImportView } from './register-imports.dto.js';
import { RegisterRows, type TakenRow } from './register-rows.service.js';

const DAYS_KEPT_MS = 7 * 86_400_000;
const MOST_ROWS = 2000;
/** Every row is checked by the same rules and written by the same services as one entered by hand. */
const LONGEST_MS = 20_000;

/** A file that fills a register: first previews the effect of each row, then applies exactly that on a second call. */
@Injectable()
export class RegisterImports {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly reading: ReadingThread,
    private readonly rows: RegisterRows,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Reads the file, dry-runs every row, and stores the result. 400 if it is not a table of this register or is too
   * large; 403 if the caller may not fill it.
   */
  async propose(bytes: Buffer, register: Register, by: Caller): Promise<RegisterImportView> {
    mustMayFill(register, by);
    const { permission: _, ...layout } = REGISTER_LAYOUTS[register];
    const wanted = { file: bytes, layout, most: MOST_ROWS };
    const sheet = await this.reading.run(READING_MODULE, { readIn: readIn<RegisterColumn> }, wanted);
    if ('problem' in sheet) throw invalid([{ field: 'file', message: sheet.problem }]);
    return this.transactions.run(
      async (manager) => {
        const taken = await dryRun(manager, () => this.rows.takeIn(manager, register, sheet.rows, by));
        const createdAt = this.clock.moment();
        const oldest = new Date(Date.parse(createdAt) - DAYS_KEPT_MS).toISOString();
        await execute(manager, 'DELETE FROM "register_imports" WHERE "createdAt" < $1', [oldest]);
        const rows = taken.map((one, n) => ({ ...one, cells: sheet.rows[n].cells }));
        const kept = {
          ...{
            id: newId(),
            personId: asPerson(by).personId,
            register,
            state: 'proposed' as const,
            proposal: { ...sheet, rows },
          },
          ...{ createdAt, executedAt: null, version: 1 },
        };
        await insertRow(manager, 'register_imports', kept);
        await this.audit.record(manager, by, 'register_import.proposed', { type: 'register_import', id: kept.id });
        return viewOf(kept);
      },
      by.once,
      LONGEST_MS,
    );
  }

  /** 404 for anyone but its creator. */
  async read(id: string, caller: Caller): Promise<RegisterImportView> {
    const found = await row<RegisterImport>(
      this.database.reader,
      'SELECT * FROM "register_imports" WHERE "id" = $1 AND "personId" = $2',
      [id, caller.personId],
      shapeOf(RegisterImport),
    );
    if (!found) throw notFound();
    return viewOf(found);
  }

  /**
   * Applies the file as previewed, all or nothing: 409 if a row cannot be imported, or if its effect would differ
   * because the register has changed since.
   */
  execute(id: string, version: number, by: Caller): Promise<RegisterImportView> {
    return this.transactions.run(
      async (manager) => {
        const found = await lockOne(manager, RegisterImport, id);
        if (found.personId !== by.personId) throw notFound();
        mustMayFill(found.register, by);
        if (found.state === 'executed') throw conflict('IMPORT_EXECUTED', 'This import has already been executed.');
        mustMatch(found, version);
        const { rows } = found.proposal;
        mustBeWhole(rows);
        const sheet = rows.map(({ row: at, cells }) => ({ at, cells }));
        mustBeAsShown(rows, await this.rows.takeIn(manager, found.register, sheet, by));
        const done = { state: 'executed' as const, executedAt: this.clock.moment() };
        await updateRow(manager, RegisterImport, id, done);
        await this.audit.record(manager, by, 'register_import.executed', { type: 'register_import', id });
        return viewOf({ ...found, ...done, version: version + 1 });
      },
      undefined,
      LONGEST_MS,
    );
  }
}

function mustMayFill(register: Register, by: Caller): void {
  if (!isPermitted(by, REGISTER_LAYOUTS[register].permission)) throw forbidden();
}

function mustBeWhole(rows: readonly TakenRow[]): void {
  const wrong = rows.filter(({ outcome }) => outcome === 'cannot');
  if (wrong.length === 0) return;
  const errors = wrong.map(({ row: at, questions }) => ({ field: `rows.${at}`, message: questions[0].message }));
  throw conflict('IMPORT_HAS_FAULTS', 'Some rows cannot be imported, so nothing was changed.', errors);
}

function mustBeAsShown(shown: readonly TakenRow[], taken: readonly TakenRow[]): void {
  const told = ({ outcome, changes, questions }: TakenRow): string => JSON.stringify([outcome, changes, questions]);
  const moved = taken.filter((one, n) => told(one) !== told(shown[n]));
  if (moved.length === 0) return;
  throw conflict(
    'IMPORT_OUTDATED',
    'The register has changed since this file was read. Upload it again.',
    moved.map(({ row: at, title }) => ({ field: `rows.${at}`, message: `${title} would now have a different effect` })),
  );
}

function viewOf({ proposal, personId: _, ...found }: RegisterImport): RegisterImportView {
  const { rows, ...about } = proposal;
  const counts = { new: 0, changed: 0, unchanged: 0, cannot: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return { ...found, ...about, counts, rows: rows.map(({ cells: __, ...shown }) => shown) };
}

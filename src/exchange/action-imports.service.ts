import { HttpException, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../access/access.rules.js';
import type { Caller } from '../access/caller.js';
import { ActionUpdates } from '../actions/action-updates.service.js';
import { Actions } from '../actions/actions.service.js';
import { Audit } from '../audit/audit.service.js';
import { Clock } from '../common/clock.js';
import { mustMatch } from '../common/etag.js';
import { newId } from '../common/ids.js';
import { conflict, forbidden, invalid, notFound } from '../common/problems.js';
import { Database } from '../database/database.js';
import { execute, Params, row, rows, type Source } from '../database/rows.js';
import { lockOne, Transactions } from '../database/transactions.js';
import { insertRow, updateRow } from '../database/writes.js';
import { ActionImport } from './action-import.entity.js';
import type { ActionImportView } from './action-imports.dto.js';
import { inColumns } from './import-columns.rules.js';
import { chunks, ImportFacts } from './import-facts.service.js';
import { type PlannedRow, planRows, type ProposedRow, type Proposal } from './import-rows.rules.js';
import { type ReadTable, readTable, UnreadableTable } from './table-reading.js';

const MOST_ROWS = 10_000;
/** What one transaction does well within its five seconds, on both databases. */
const MOST_CHANGES = 500;
const DAYS_KEPT_MS = 7 * 86_400_000;

/** An action list that comes in: first what each row would do, then, on a second request, doing it. */
@Injectable()
export class ActionImports {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly context: ImportFacts,
    private readonly actions: Actions,
    private readonly updates: ActionUpdates,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Reads the file and keeps what it would do. 400 when it is no action list, or a larger one than we take. */
  async propose(bytes: Buffer, areaId: string | undefined, by: Caller): Promise<ActionImportView> {
    await this.mustBeOwnArea(areaId, by);
    const table = await read(bytes);
    const sheet = inColumns(table.rows);
    if (!sheet) throw unreadable('Geen rij noemt elk van de kolommen één keer; in elk geval "actie" moet er staan.');
    if (sheet.rows.length > MOST_ROWS)
      throw tooMany(`The list has ${sheet.rows.length} rows; at most ${MOST_ROWS} are read.`);
    const planned = planRows(sheet.rows, {
      known: await this.context.known(
        sheet.rows.map(({ cells }) => (cells.nr ?? '').trim().toUpperCase()),
        by,
      ),
      organisations: await this.context.organisations(),
      areaId: areaId ?? null,
      today: by.today,
    });
    const changing = planned.filter(({ outcome }) => outcome === 'new' || outcome === 'changed').length;
    if (changing > MOST_CHANGES) {
      throw tooMany(`The list has ${changing} new or changed rows; at most ${MOST_CHANGES} go in at once.`);
    }
    const { format, encoding } = table;
    return this.keep({ format, encoding, unknownColumns: sheet.unknown, rows: planned }, areaId ?? null, by);
  }

  /** Only for who made it; for anyone else it does not exist. */
  async read(id: string, caller: Caller): Promise<ActionImportView> {
    return this.view(this.database.reader, id, caller);
  }

  /** Does it, all of it or nothing: 409 when an action was changed meanwhile, or a row is refused after all. */
  execute(id: string, version: number, by: Caller): Promise<ActionImportView> {
    return this.transactions.run(async (manager) => {
      const found = await lockOne(manager, ActionImport, id);
      if (found.personId !== by.personId) throw notFound();
      if (found.state === 'executed') throw conflict('IMPORT_EXECUTED', 'This import was executed already.');
      mustMatch(found, version);
      const { proposal } = found;
      await this.mustBeCurrent(manager, proposal.rows);
      for (const planned of proposal.rows) await this.executeRow(manager, planned, by);
      await updateRow(manager, 'action_imports', id, {
        state: 'executed',
        executedAt: this.clock.moment(),
        proposal: { ...proposal, rows: proposal.rows.map(toProposed) },
      });
      await this.audit.record(manager, by, 'action-import.executed', {
        type: 'action-import',
        id,
        areaId: found.areaId,
      });
      return this.view(manager, id, by);
    });
  }

  private async mustBeOwnArea(areaId: string | undefined, by: Caller): Promise<void> {
    if (areaId === undefined) return;
    const area = await row(this.database.reader, 'SELECT 1 FROM "areas" WHERE "id" = $1 AND "mergedIntoId" IS NULL', [
      areaId,
    ]);
    if (!area) throw invalid([{ field: 'area', message: 'area is not an area where actions are recorded' }]);
    if (!isPermittedIn(by, 'actions.write', areaId)) throw forbidden();
  }

  private keep(proposal: Proposal, areaId: string | null, by: Caller): Promise<ActionImportView> {
    return this.transactions.run(async (manager) => {
      const now = this.clock.moment();
      const oldest = new Date(Date.parse(now) - DAYS_KEPT_MS).toISOString();
      await execute(manager, 'DELETE FROM "action_imports" WHERE "createdAt" < $1', [oldest]);
      const id = newId();
      await insertRow(manager, 'action_imports', {
        id,
        personId: by.personId,
        areaId,
        state: 'proposed',
        proposal,
        createdAt: now,
        executedAt: null,
        version: 1,
      });
      await this.audit.record(manager, by, 'action-import.proposed', { type: 'action-import', id, areaId });
      return this.view(manager, id, by);
    }, by.once);
  }

  private async executeRow(manager: EntityManager, planned: PlannedRow, by: Caller): Promise<void> {
    const { action, edit, update, record } = planned;
    try {
      if (record) {
        const made = await this.actions.recordWithin(manager, record.input, null, record.recordedOn, by);
        planned.number = made.number;
        if (update) await this.updates.enterWithin(manager, made.id, update, by);
        return;
      }
      if (!action) return;
      // A new owner first: an owner is never a co-owner, and the old one may become that.
      const entered = update && (await this.updates.enterWithin(manager, action.id, update, by));
      const version = entered?.version ?? action.version;
      if (edit) await this.actions.changeWithin(manager, action.id, edit, version, by);
    } catch (error) {
      if (!(error instanceof HttpException) || error.getStatus() >= 500) throw error;
      const { errors, message } = error.getResponse() as { errors?: { message: string }[]; message?: string };
      const why = errors?.map((one) => one.message).join('; ') ?? message ?? 'it is refused';
      throw conflict('IMPORT_ROW_REFUSED', `Row ${planned.row} is refused, so nothing was changed.`, [
        { field: `rows.${planned.row}`, message: why },
      ]);
    }
  }

  /** Refuses when an action is no longer as it was when the list was read. */
  private async mustBeCurrent(manager: EntityManager, planned: readonly PlannedRow[]): Promise<void> {
    const wanted = planned.filter(({ outcome }) => outcome === 'changed');
    const versions = new Map<string, number>();
    for (const ids of chunks(wanted.map(({ action }) => action!.id))) {
      const params = new Params();
      const found = await rows<{ id: string; version: number }>(
        manager,
        `SELECT "id", "version" FROM "actions" WHERE "id" IN (${params.list(ids)})`,
        params.values,
      );
      for (const one of found) versions.set(one.id, one.version);
    }
    const stale = wanted.filter(({ action }) => versions.get(action!.id) !== action!.version);
    if (stale.length === 0) return;
    throw conflict(
      'IMPORT_OUTDATED',
      'Actions were changed since this list was read. Read it in again.',
      stale.map(({ row: at, number }) => ({ field: `rows.${at}`, message: `${number} was changed meanwhile` })),
    );
  }

  private async view(source: Source, id: string, caller: Caller): Promise<ActionImportView> {
    const found = await row<ActionImport>(
      source,
      'SELECT * FROM "action_imports" WHERE "id" = $1 AND "personId" = $2',
      [id, caller.personId],
      { proposal: 'json' },
    );
    if (!found) throw notFound();
    const { state, areaId, createdAt, executedAt, version, proposal } = found;
    const { format, encoding, unknownColumns, rows: planned } = proposal;
    const counts = { new: 0, changed: 0, unchanged: 0, cannot: 0 };
    for (const { outcome } of planned) counts[outcome] += 1;
    const proposed = planned.map(toProposed);
    return {
      id,
      state,
      areaId,
      format,
      encoding,
      unknownColumns,
      counts,
      rows: proposed,
      createdAt,
      executedAt,
      version,
    };
  }
}

const toProposed = ({ row: at, number, title, outcome, changes, questions }: PlannedRow): ProposedRow => ({
  row: at,
  number,
  title,
  outcome,
  changes,
  questions,
});

async function read(bytes: Buffer): Promise<ReadTable> {
  try {
    return await readTable(bytes);
  } catch (error) {
    if (error instanceof UnreadableTable) throw unreadable(error.message);
    throw error;
  }
}

const unreadable = (message: string) => invalid([{ field: 'file', message }]);
const tooMany = (message: string) => invalid([{ field: 'file', message }]);

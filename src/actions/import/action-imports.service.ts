import { type ConflictException, type HttpException, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import { asPerson, type Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { ActionChanges } from '../changes/action-changes.service.js';
import type { ChangeRequest } from '../changes/change-request.js';
import type { PlannedChange } from '../planned-change.js';
import { auditEntriesOf } from '../changes/change-audit.rules.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { flatInTurns, LongTask } from '../../platform/common/long-task.js';
import { newId } from '../../platform/common/ids.js';
import { conflict, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { chunks, execute, Params, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Area } from '../../directory/areas/area.entity.js';
import { isCurrentArea } from '../../directory/areas/current-areas.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { insertRow, updateRow } from '../../platform/database/writes.js';
import { ActionImport } from './action-import.entity.js';
import type { ActionImportView } from './action-imports.dto.js';
import { fromParts, rowsOf, writeRows } from './import-parts.js';
import { ImportFacts } from './import-facts.service.js';
import { lostLinks, type PlannedRow, type ProposedRow, type Proposal, unknownNamesIn } from './import-rows.rules.js';
import { ReadingThread } from './reading-thread.js';
import { READING_MODULE, readSheet } from './table-reading.js';

const DAYS_KEPT_MS = 7 * 86_400_000;
/** Ten thousand rows take a second or two; on a slow disk up to this many milliseconds before the list is rejected. */
const LONGEST_MS = 20_000;

/** Imports action lists: first returns what each row would change, then, on a second request, executes it. */
@Injectable()
export class ActionImports {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly reading: ReadingThread,
    private readonly facts: ImportFacts,
    private readonly changes: ActionChanges,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Reads the file and stores the planned changes. 400 if it is not an action list, or is too large. */
  async propose(bytes: Buffer, areaId: string | undefined, by: Caller): Promise<ActionImportView> {
    await this.mustBeOwnArea(areaId, by);
    const sheet = await this.reading.run(READING_MODULE, { readSheet }, bytes);
    if ('problem' in sheet) throw invalid([{ field: 'file', message: sheet.problem }]);
    const { rows: found, ...about } = sheet;
    const planned = await this.facts.plan(found, areaId ?? null, by);
    const unknownColumns = about.unknownColumns.filter((name) => !this.facts.isDerived(name));
    return this.keep({ ...about, unknownColumns }, planned, areaId ?? null, by);
  }

  /** For its creator only; 404 for everyone else. */
  async read(id: string, caller: Caller): Promise<ActionImportView> {
    const { found, planned } = await this.find(id, caller);
    return viewOf(found, planned);
  }

  /**
   * Rereads the rows with names that match no organisation, given what these mean: the id of an organisation by name;
   * other names are ignored. 409 if it was executed or reread meanwhile.
   */
  async readAgain(id: string, version: number, readAs: Record<string, string>, by: Caller): Promise<void> {
    const {
      found: { areaId, proposal },
      planned: before,
    } = await this.find(id, by);
    const names = { ...proposal.readAs, ...readAs };
    const waiting = before.flatMap(({ row: at, cells }) => (cells ? [{ at, cells }] : []));
    const besides = before.filter(({ cells }) => !cells);
    const again = new Map((await this.facts.plan(waiting, areaId, by, names, besides)).map((one) => [one.row, one]));
    const planned = before.map((one) => again.get(one.row) ?? one);
    await this.transactions.run(async (manager) => {
      const found = await lockOne(manager, ActionImport, id);
      if (found.state === 'executed') throw alreadyExecuted();
      mustMatch(found, version);
      await updateRow(manager, ActionImport, id, { proposal: { ...proposal, readAs: names } });
      await writeRows(manager, id, planned);
    });
  }

  /** The import and its rows, from one statement: as they were together. */
  private async find(id: string, caller: Caller): Promise<{ found: ActionImport; planned: PlannedRow[] }> {
    const parts = await rows<ActionImport & { rows: string | null }>(
      this.database.reader,
      `SELECT i.*, p."rows" FROM "action_imports" i LEFT JOIN "action_import_parts" p ON p."importId" = i."id"
       WHERE i."id" = $1 AND i."personId" = $2 ORDER BY p."part"`,
      [id, caller.personId],
      shapeOf(ActionImport),
    );
    if (parts.length === 0) throw notFound();
    const [{ rows: _, ...found }] = parts;
    return { found, planned: await fromParts(parts) };
  }

  /**
   * Executes all of it or nothing: 409 if an action was changed meanwhile, or if a row is rejected after all. If the
   * owners do not know of the new actions, nobody is mailed about these until a session that discussed them is closed.
   */
  async execute(id: string, version: number, doOwnersKnow: boolean, by: Caller): Promise<ActionImportView> {
    const { done, planned } = await this.transactions.runLarge(async (manager) => {
      const found = await lockOne(manager, ActionImport, id);
      if (found.personId !== by.personId) throw notFound();
      if (found.state === 'executed') throw alreadyExecuted();
      mustMatch(found, version);
      const planned = await this.asOfNow(manager, found, await rowsOf(manager, id));
      const numbers = await this.carryOut(manager, planned, doOwnersKnow, by);
      const proposal = { ...found.proposal, numbers };
      const now = { state: 'executed', executedAt: this.clock.moment(), proposal } as const;
      await updateRow(manager, ActionImport, id, now);
      const subject = { type: 'action_import', id, areaId: found.areaId };
      await this.audit.record(manager, by, 'action_import.executed', subject);
      return { done: { ...found, ...now, version: version + 1 }, planned };
    }, LONGEST_MS);
    return viewOf(done, planned);
  }

  /** Recognises what was taken in since the list was read, such as by another upload of it, and stores that. */
  private async asOfNow(
    manager: EntityManager,
    { id, areaId }: ActionImport,
    planned: readonly PlannedRow[],
  ): Promise<readonly PlannedRow[]> {
    if (areaId === null || !planned.some(({ outcome }) => outcome === 'new')) return planned;
    // All who record actions in an area lock it for their numbers: what they recorded is read by the next statement.
    await lockOne(manager, Area, areaId);
    const now = await this.facts.withoutRepeats(manager, planned, areaId, planned);
    if (now.some((row, at) => row.outcome !== planned[at].outcome)) await writeRows(manager, id, now);
    return now;
  }

  private async mustBeOwnArea(areaId: string | undefined, by: Caller): Promise<void> {
    if (areaId === undefined) return;
    if (!(await isCurrentArea(this.database.reader, areaId)))
      throw invalid([{ field: 'area', message: 'area is not an area where actions are recorded' }]);
    if (!isPermittedIn(by, 'actions.write', areaId)) throw forbidden();
  }

  private keep(
    proposal: Proposal,
    planned: readonly PlannedRow[],
    areaId: string | null,
    by: Caller,
  ): Promise<ActionImportView> {
    return this.transactions.run(async (manager) => {
      const createdAt = this.clock.moment();
      const oldest = new Date(Date.parse(createdAt) - DAYS_KEPT_MS).toISOString();
      await execute(manager, 'DELETE FROM "action_imports" WHERE "createdAt" < $1', [oldest]);
      const { personId } = asPerson(by);
      const state = 'proposed';
      const kept = { id: newId(), personId, areaId, state, proposal, createdAt, executedAt: null, version: 1 } as const;
      await insertRow(manager, 'action_imports', kept);
      await writeRows(manager, kept.id, planned);
      const subject = { type: 'action_import', id: kept.id, areaId };
      await this.audit.record(manager, by, 'action_import.proposed', subject);
      return viewOf(kept, planned);
    }, by.once);
  }

  private async carryOut(
    manager: EntityManager,
    planned: readonly PlannedRow[],
    doOwnersKnow: boolean,
    by: Caller,
  ): Promise<Record<number, string>> {
    const doable = planned.filter(({ outcome }) => outcome === 'new' || outcome === 'changed');
    const requests = doable.map(({ record, action, edit, update }) => ({ by, record, action, edit, update }));
    const changes = await this.planned(manager, requests, doable);
    await this.changes.write(manager, changes, { untold: !doOwnersKnow });
    await this.audit.recordAll(manager, by, await flatInTurns(changes, auditEntriesOf));
    const known = planned.flatMap(({ row: at, before }) => (before ? [[at, before] as const] : []));
    const ids = new Map([...known, ...doable.map(({ row: at }, n) => [at, changes[n].action.id] as const)]);
    await this.connect(manager, doable, ids, by);
    return Object.fromEntries(doable.map(({ row: at }, n) => [at, changes[n].action.number]));
  }

  /** New actions that follow on others in the same list, most of which had no id until now; `ids` has that of each row. */
  private async connect(
    manager: EntityManager,
    done: readonly PlannedRow[],
    ids: ReadonlyMap<number, string>,
    by: Caller,
  ): Promise<void> {
    const connected = done.filter(({ follows }) => follows !== undefined && ids.has(follows));
    if (connected.length === 0) return;
    const requests = connected.map(({ row: at, follows }) => {
      return { by, action: { id: ids.get(at)! }, edit: { followsOnId: ids.get(follows!) } };
    });
    const changes = await this.planned(manager, requests, connected);
    await this.changes.write(manager, changes);
    await this.audit.recordAll(manager, by, changes.flatMap(auditEntriesOf));
  }

  /** The changes of these rows, one each; 409 if any is rejected. */
  private async planned(
    manager: EntityManager,
    requests: readonly ChangeRequest[],
    of: readonly PlannedRow[],
  ): Promise<PlannedChange[]> {
    const outcomes = await this.changes.plan(manager, requests);
    const refusals = outcomes.flatMap(({ refusal }, at) => (refusal ? [{ at: of[at].row, refusal }] : []));
    if (refusals.length > 0) throw await this.refused(manager, refusals, of);
    return outcomes.flatMap(({ change }) => change ?? []);
  }

  /**
   * Reports the rows whose actions were changed since the list was read, or else those rejected by the rules after all.
   */
  private async refused(
    manager: EntityManager,
    refusals: readonly { at: number; refusal: HttpException }[],
    planned: readonly PlannedRow[],
  ): Promise<ConflictException> {
    const versions = new Map<string, number>();
    for (const some of chunks(planned.flatMap(({ action }) => action?.id ?? []))) {
      const params = new Params();
      const sql = `SELECT "id", "version" FROM "actions" WHERE "id" IN (${params.list(some)})`;
      const found = await rows<{ id: string; version: number }>(manager, sql, params.values);
      for (const { id, version } of found) versions.set(id, version);
    }
    const outdated = planned.filter(({ action }) => action && versions.get(action.id) !== action.version);
    if (outdated.length > 0) {
      return conflict(
        'IMPORT_OUTDATED',
        'Actions were changed since this list was uploaded. Upload it again.',
        outdated.map(({ row: at, number }) => ({ field: `rows.${at}`, message: `${number} was changed meanwhile` })),
      );
    }
    return conflict(
      'IMPORT_ROW_REFUSED',
      'A row was rejected, so nothing was changed.',
      refusals.map(({ at, refusal }) => ({ field: `rows.${at}`, message: wordsOf(refusal) })),
    );
  }
}

const alreadyExecuted = () => conflict('IMPORT_EXECUTED', 'This import has already been executed.');

function wordsOf(refusal: HttpException): string {
  const { errors, message } = refusal.getResponse() as { errors?: { message: string }[]; message?: string };
  return errors?.map((one) => one.message).join('; ') ?? message ?? 'it was rejected';
}

async function viewOf(
  { proposal, personId: _, ...found }: ActionImport,
  planned: readonly PlannedRow[],
): Promise<ActionImportView> {
  const { readAs: _names, numbers = {}, ...about } = proposal;
  const counts = { new: 0, changed: 0, unchanged: 0, cannot: 0 };
  const shown: ProposedRow[] = [];
  const turns = new LongTask();
  const lost = lostLinks(planned);
  // Rows that were proposed by a former version have no remarks.
  for (const one of planned) {
    const { row: at, number, title, outcome, changes, questions } = one;
    const remarks = [...(one.remarks ?? []), ...lost(one)];
    counts[outcome] += 1;
    shown.push({ row: at, number: numbers[at] ?? number, title, outcome, changes, questions, remarks });
    await turns.yieldToEventLoop();
  }
  const unknownNames = found.state === 'executed' ? [] : unknownNamesIn(planned);
  return { ...found, ...about, counts, unknownNames, rows: shown };
}

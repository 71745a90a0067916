import { Inject, Injectable } from '@nestjs/common';
import { hasReach, isPermitted, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Action } from '../action.entity.js';
import { Actions } from '../actions.service.js';
import type { ActionLine } from '../actions.views.js';
import { storedKey } from '../../platform/spelling/natural-order.js';
import { DOMAIN_COLUMN } from '../tables/action-table.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { LongTask } from '../../platform/common/long-task.js';
import { Database } from '../../platform/database/database.js';
import { chunks, Params, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { ServedChoices } from '../references/served-choices.service.js';
import { unknownNames, whoReader } from './import-cells.rules.js';
import type { ImportContext, KnownAction } from './import-changes.rules.js';
import type { SheetRow } from './import-columns.rules.js';
import { type ListedBefore, repeatFinder } from './import-repeats.rules.js';
import { isActionNumber, type PlannedRow, rowPlanner } from './import-rows.rules.js';
import type { ServedFacts } from './import-served.rules.js';

/** The facts against which an uploaded list is checked. */
@Injectable()
export class ImportFacts {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly actions: Actions,
    private readonly choices: ServedChoices,
  ) {}

  /**
   * What each row would change; `readAs` gives the meaning of names that match no organisation, `besides` are the rows of the
   * list that are not read again.
   */
  async plan(
    found: readonly SheetRow[],
    areaId: string | null,
    by: Caller,
    readAs: Record<string, string> = {},
    besides: readonly PlannedRow[] = [],
  ): Promise<PlannedRow[]> {
    const context = await this.contextOf(found, areaId, by, readAs, besides);
    const plan = rowPlanner(context);
    const planned: PlannedRow[] = [];
    const turns = new LongTask();
    for (const one of found) {
      planned.push(plan(one));
      await turns.yieldToEventLoop();
    }
    return areaId === null ? planned : this.withoutRepeats(this.database.reader, planned, areaId, besides);
  }

  /** The same rows, of which those that were taken in before, from this list or another, are no longer new. */
  async withoutRepeats(
    source: Source,
    planned: readonly PlannedRow[],
    areaId: string,
    besides: readonly PlannedRow[],
  ): Promise<PlannedRow[]> {
    return planned.map(repeatFinder(await listedBefore(source, planned, areaId), besides));
  }

  private async contextOf(
    found: readonly SheetRow[],
    areaId: string | null,
    by: Caller,
    readAs: Record<string, string>,
    besides: readonly PlannedRow[],
  ): Promise<ImportContext> {
    const numbers = found.map(({ cells }) => (cells.nr ?? '').trim().toUpperCase());
    const followed = found.map(({ cells }) => (cells['vervolg op'] ?? '').trim().toUpperCase());
    const isFromElsewhere = areaId === null ? () => false : await this.elsewhere();
    const names = Object.entries(readAs);
    const organisations = (await this.organisations()).map((one) => ({
      ...one,
      aliases: [...one.aliases, ...names.flatMap(([name, id]) => (id === one.id ? [name] : []))],
    }));
    return {
      ...(await this.served(followed, by)),
      known: await this.known(numbers, by),
      readWho: whoReader(organisations),
      unknownNames: (cell) => unknownNames(cell, organisations),
      isFromElsewhere,
      elsewhere: new Map([
        ...besides.flatMap(({ row: at, numberThere }) => (numberThere ? [[numberThere, at] as const] : [])),
        ...found.flatMap(({ at }, n) => (isFromElsewhere(numbers[n]) ? [[numbers[n], at] as const] : [])),
      ]),
      areaId,
      today: by.today,
    };
  }

  /** The actions with these numbers that the caller may read, with the permitted changes and the last comment. */
  private async known(numbers: readonly string[], by: Caller): Promise<Map<string, KnownAction>> {
    const lines = await this.actions.numberedForTable([...new Set(numbers.filter(Boolean))], by);
    const comments = new Map<string, string>();
    const turns = new LongTask();
    for (const ids of chunks(lines.map(({ id }) => id))) {
      await turns.yieldToEventLoop();
      const params = new Params();
      const found = await rows<{ actionId: string; comment: string }>(
        this.database.reader,
        `SELECT u."actionId", u."comment" FROM "action_updates" u
         WHERE u."actionId" IN (${params.list(ids)}) AND u."comment" IS NOT NULL ORDER BY u."sequence"`,
        params.values,
      );
      for (const { actionId, comment } of found) comments.set(actionId, comment);
    }
    return new Map(
      lines.map((line) => [line.number, { line, lastComment: comments.get(line.id) ?? null, may: mayDo(by, line) }]),
    );
  }

  /** What rows may refer to: goals, opgaven, and the actions with these numbers. */
  private async served(numbers: readonly string[], by: Caller): Promise<ServedFacts> {
    const followed = await this.actions.numbered([...new Set(numbers.filter(Boolean))], by);
    return {
      goals: await this.choices.goals(by),
      opgaven: isPermitted(by, 'opgaven.read') ? await this.choices.opgaven() : [],
      followed: new Map(followed.map(({ id, number }) => [number, id])),
    };
  }

  /**
   * Recognises the numbers of another municipality: the areas with their code have no number yet. Never those of
   * confidential actions, which a list would make known to all.
   */
  private async elsewhere(): Promise<(number: string) => boolean> {
    const sql = 'SELECT "code" FROM "areas" WHERE "lastActionNumber" > 0';
    const used = new Set((await rows<{ code: string }>(this.database.reader, sql)).map(({ code }) => code));
    return (number) => {
      const [code, rest = ''] = number.split('-');
      return isActionNumber(number) && !rest.startsWith('V') && !used.has(code);
    };
  }

  /** Whether a column of our own files is not read because it follows from another: the domain, where there are domains. */
  isDerived(column: string): boolean {
    return this.settings.THEME_DOMAINS !== '' && column.trim().toLowerCase() === DOMAIN_COLUMN;
  }

  /** Every organisation that can own an action. */
  organisations() {
    return rows<{ id: string; name: string; aliases: string[] }>(
      this.database.reader,
      'SELECT "id", "name", "aliases" FROM "organisations" WHERE "mergedIntoId" IS NULL ORDER BY natural_key("name"), "id"',
      [],
      shapeOf(Organisation),
    );
  }
}

/** The actions of this area with the titles of new rows. Never confidential ones: lists take in none. */
async function listedBefore(source: Source, planned: readonly PlannedRow[], areaId: string): Promise<ListedBefore[]> {
  const keys = new Set(planned.flatMap(({ record }) => (record?.input.title ? storedKey(record.input.title) : [])));
  const listed: ListedBefore[] = [];
  for (const some of chunks([...keys])) {
    const params = new Params();
    listed.push(
      ...(await rows<ListedBefore>(
        source,
        // The index of titles first: an area may have many more actions than these.
        `SELECT a."id", a."number", a."title", a."ownerId", a."dueKind", a."dueOn", a."originalDueOn", a."status"
           FROM (SELECT n."id" FROM "actions" n WHERE n."titleKey" IN (${params.list(some)})) n CROSS JOIN "actions" a
           WHERE a."id" = n."id" AND a."areaId" = ${params.add(areaId)} AND NOT a."isConfidential" AND NOT a."isWithdrawn"
           ORDER BY a."id"`,
        params.values,
        shapeOf(Action),
      )),
    );
  }
  return listed;
}

function mayDo(by: Caller, line: ActionLine): KnownAction['may'] {
  if (isPermittedIn(by, 'actions.write', line.areaId)) return 'write';
  const owners = [line.ownerId, ...line.coOwners.map(({ id }) => id)];
  const isOwn = owners.some((id) => id !== null && by.organisationIds.includes(id));
  return isOwn && hasReach(by, 'actions.answer', 'organisation') ? 'answer' : 'nothing';
}

import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { ActionReading } from './action-reading.service.js';
import { Areas } from '../directory/areas/areas.service.js';
import { mapPage, MOST_TABLE_ROWS, type Page, tooManyRows, wholeList } from '../platform/common/paging.js';
import { servedBy } from './references/action-references.service.js';
import type { TableLine } from './tables/action-table.rules.js';
import { sessionNotesOf } from './discussions/session-notes.js';
import { domainsOf, domainSql, themesIn } from './tables/domains.rules.js';
import { LongTask } from '../platform/common/long-task.js';
import { Database } from '../platform/database/database.js';
import { chunks, orderOf, pageOf, Params, ROWS_AT_ONCE, row, rows, type Shape } from '../platform/database/rows.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import {
  type ActionQuery,
  fullFilters,
  fullyVisible,
  knownActions,
  LISTED,
  NOT_WITHDRAWN,
  plainFilters,
  publicFilters,
  publiclyVisible,
} from './action-conditions.js';
import type { ActionListDto } from './actions.dto.js';
import { mergedIn } from './merged-filters.js';
import { asOfDay, nameCoOwners, rowsAmong, type RowAsOf } from './list-rows.js';
import { coOwnersOf, LINE_COLUMNS, LINE_SHAPE, lineText } from './action-columns.js';
import { type ActionLine, type LineRow, type PublicActionLine, toLine } from './actions.views.js';

const BY_DEADLINE = 'a."dueOn" ASC NULLS LAST, a."id"';
const ACTIONS = '"actions" a';
const SORT = {
  dueOn: 'a."dueOn"',
  number: 'a."numberKey"',
  title: 'a."titleKey"',
  status: 'a."status"',
  recordedOn: 'a."recordedOn"',
  postponements: 'a."postponements"',
};

type Line = ActionLine | PublicActionLine;

@Injectable()
export class ActionLists {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly areas: Areas,
    private readonly reading: ActionReading,
  ) {}

  /**
   * A page of actions visible to the caller; with `asOf` in their state at the end of that day; incomplete ones only
   * for a session.
   */
  async list(query: ActionListDto, caller: Caller, isOfSession = false): Promise<Page<Line>> {
    const asked = await this.asked(query, caller, isOfSession);
    if (!asked) return { items: [], total: 0, page: query.page, pageSize: query.pageSize };
    const { isFull, day, on, ...selection } = asked;
    const coOwners = query.asOf ? `a."coOwnerIds"` : `${coOwnersOf(this.database.reader)} AS "coOwners"`;
    const page = await pageOf<RowAsOf>(
      this.database.reader,
      {
        select: `${LINE_COLUMNS}, ${coOwners}, ${isFull} AS "isFull"`,
        from: query.asOf ? asOfDay(on()) : ACTIONS,
        shape: query.asOf ? { ...LINE_SHAPE, coOwnerIds: 'json' } : LINE_SHAPE,
        ...selection,
      },
      query,
    );
    if (query.asOf) await nameCoOwners(this.database.reader, page.items);
    await this.noteReading(page.items, caller);
    const { domains } = this;
    return mapPage(page, (row) => toLine(row, day, domains));
  }

  /** The same page as JSON text, for callers who may read every action in full; undefined for others, and with `asOf`. */
  async texts(query: ActionListDto, caller: Caller): Promise<Page<string> | undefined> {
    const asked = query.asOf ? undefined : await this.asked(query, caller, false);
    if (asked?.isFull !== 'TRUE') return undefined;
    const domain = domainSql(this.domains, 'a."theme"', asked.params);
    const select = `${lineText(this.database.reader, asked.on(), domain)} AS "text", a."isConfidential"`;
    const selection = { select, from: ACTIONS, where: asked.where, orderBy: asked.orderBy, params: asked.params };
    const shape: Shape = { isConfidential: 'boolean' };
    const page = await pageOf<{ text: string; isConfidential: boolean }>(
      this.database.reader,
      { ...selection, shape },
      query,
    );
    await this.noteReading(page.items, caller);
    return mapPage(page, ({ text }) => text);
  }

  /**
   * The conditions and order of a list for this caller; undefined if the area does not exist. `on` adds the day as a parameter
   * and returns its placeholder.
   */
  private async asked(query: ActionListDto, caller: Caller, isOfSession: boolean) {
    const isOpen = query.open === true || query.overdue === true;
    const orderBy = isOfSession && !query.sort ? 'a."id"' : this.orderOf(query.sort, isOpen);
    const day = query.asOf ?? caller.today;
    const areas = query.area ? await this.areas.idsBelow(query.area, day) : undefined;
    if (areas?.length === 0) return undefined;
    const merged = query.asOf ? {} : await mergedIn(this.database.reader, query);
    const params = new Params();
    let placeholder: string | undefined;
    const on = (): string => (placeholder ??= params.add(day));
    // For callers who may read every area there is no area condition, so that the list is paged from the index of its
    // order. The few actions of one session need no index.
    const visibleIn = areas ?? (isOfSession ? undefined : await this.areas.everyId());
    const { where, isFull } = this.conditions(
      { ...query, ...merged, isOfSession },
      caller,
      { areas, visibleIn },
      on,
      params,
    );
    return { where, isFull, orderBy, params, day, on };
  }

  private async noteReading(found: readonly { isConfidential: boolean }[], caller: Caller): Promise<void> {
    if (found.some((one) => one.isConfidential))
      await this.reading.log(caller, { type: 'action', id: null, isConfidential: true });
  }

  /** A whole list for a table, with the same filters and rights; 400 if there are more than a table may have. */
  async table(query: ActionListDto, caller: Caller): Promise<TableLine[]> {
    const items = query.asOf
      ? await wholeList((paging) => this.list({ ...query, ...paging }, caller))
      : await this.whole(query, caller);
    return this.forTable(items, caller);
  }

  /** With the cells that only a table has, for those that the caller may read in full. */
  async forTable<L extends Line>(lines: readonly L[], caller: Caller): Promise<(L & TableLine)[]> {
    const full = lines.filter((line) => 'version' in line).map(({ id }) => id);
    const served = await servedBy(this.database.reader, full, caller);
    const noted = await sessionNotesOf(this.database.reader, full, caller);
    const turns = new LongTask();
    for (const line of lines) {
      Object.assign(line, { served: served.get(line.id), notes: noted.get(line.id) });
      await turns.yieldToEventLoop();
    }
    return lines as (L & TableLine)[];
  }

  /**
   * All of a list, of which the rows are read in parts, so that others are answered in between: those that the caller may
   * still read then.
   */
  private async whole(query: ActionListDto, caller: Caller): Promise<Line[]> {
    const all = await this.idsOf(query, caller);
    const found = new Map<string, Line>();
    const secret: LineRow[] = [];
    const turns = new LongTask();
    for (const some of chunks(
      all.map(({ id }) => id),
      ROWS_AT_ONCE,
    )) {
      await turns.yieldToEventLoop();
      const readable = (await this.asked({ page: 1, pageSize: some.length }, caller, false))!;
      const these = `n."id" IN (${readable.params.list(some)})`;
      const lines = await rowsAmong(this.database.reader, these, readable);
      secret.push(...lines.filter(({ isConfidential }) => isConfidential));
      for (const line of lines) found.set(line.id, toLine(line, caller.today, this.domains));
    }
    await this.noteReading(secret, caller);
    return all.flatMap(({ id }) => found.get(id) ?? []);
  }

  /** The ids of a list, in its order. Counting would take as long again, so it is only done for the refusal of a long list. */
  private async idsOf(query: ActionListDto, caller: Caller): Promise<{ id: string }[]> {
    const asked = await this.asked(query, caller, false);
    if (!asked) return [];
    const { where, orderBy, params } = asked;
    const from = `FROM ${ACTIONS} WHERE ${where}`;
    const { values } = params;
    const most = [...values, MOST_TABLE_ROWS + 1];
    const sql = `SELECT a."id" ${from} ORDER BY ${orderBy} LIMIT $${most.length}`;
    const found = await rows<{ id: string }>(this.database.reader, sql, most);
    if (found.length <= MOST_TABLE_ROWS) return found;
    throw tooManyRows((await row<{ n: number }>(this.database.reader, `SELECT count(*) AS "n" ${from}`, values))!.n);
  }

  private get domains() {
    return domainsOf(this.settings.THEME_DOMAINS);
  }

  /** The actions with these numbers that the caller may read in full; others are left out. */
  async numbered(numbers: readonly string[], caller: Caller): Promise<ActionLine[]> {
    const found: ActionLine[] = [];
    const turns = new LongTask();
    for (const asked of chunks(numbers, ROWS_AT_ONCE)) {
      await turns.yieldToEventLoop();
      const params = new Params();
      const these = `n."number" IN (${params.list(asked)})`;
      const visible = [
        LISTED,
        fullyVisible(this.database.reader, caller, undefined, false, params),
        knownActions(caller, params),
      ];
      const where = visible.join(' AND ');
      const lines = await rowsAmong(this.database.reader, these, { where, isFull: 'TRUE', params });
      found.push(...lines.map((line) => toLine(line, caller.today, this.domains) as ActionLine));
    }
    await this.noteReading(found, caller);
    return found;
  }

  private orderOf(sort: string | undefined, isOpen: boolean): string {
    if (sort === undefined || sort === 'dueOn') return BY_DEADLINE;
    if (sort === '-dueOn') return 'a."dueOn" DESC NULLS LAST, a."id" DESC';
    // All in the same direction, so that both databases page from the index.
    const key = sort.replace(/^-/, '');
    const direction = sort === key ? 'ASC' : 'DESC';
    if (key === 'number' || key === 'title') return `${SORT[key]} ${direction}, a."id" ${direction}`;
    // Open ones are few: sorting them is cheaper than skipping all that are done.
    const status = isOpen ? `(a."status" || '')` : SORT.status;
    if (key === 'status') return `${status} ${direction}, a."numberKey" ${direction}, a."id" ${direction}`;
    return orderOf(sort, SORT, BY_DEADLINE);
  }

  /** The history is not public, so public rows are left out of lists as of a day. */
  private conditions(
    query: ActionQuery & { isOfSession: boolean },
    caller: Caller,
    { areas, visibleIn }: { areas: string[] | undefined; visibleIn: string[] | undefined },
    on: () => string,
    params: Params,
  ) {
    const isOpen = query.asOf === undefined && (query.open === true || query.overdue === true);
    const themes = query.domain === undefined ? undefined : themesIn(this.domains, query.domain);
    const plain = [
      query.isOfSession ? NOT_WITHDRAWN : LISTED,
      ...plainFilters(this.database.reader, { ...query, themes }, areas, on, params),
    ];
    const visible = fullyVisible(this.database.reader, caller, visibleIn, isOpen, params);
    const full = [
      visible,
      ...fullFilters({ source: this.database.reader, query, caller, isAsOf: query.asOf !== undefined, params }),
      knownActions(caller, params),
    ];
    const published = query.asOf || visible === 'TRUE' ? undefined : publiclyVisible(caller, params);
    if (!published) return { where: [...plain, ...full].join(' AND '), isFull: 'TRUE' };
    const either = `((${full.join(' AND ')}) OR (${[published, ...publicFilters(this.database.reader, query, params)].join(' AND ')}))`;
    return { where: [...plain, either].join(' AND '), isFull: visible };
  }
}

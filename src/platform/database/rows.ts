import type BetterSqlite3 from 'better-sqlite3';
import { DataSource, QueryRunnerAlreadyReleasedError, type EntityManager } from 'typeorm';
import { invalid } from '../common/problems.js';

/** Columns that the databases return differently, with the type to convert them to. */
export type Shape = Record<string, 'boolean' | 'json'>;
export type Source = DataSource | EntityManager;
export type Value = string | number | boolean | null;
type Bound = Record<number, string | number | null>;

const statements = new WeakMap<BetterSqlite3.Database, Map<string, BetterSqlite3.Statement>>();
const MOST_STATEMENTS = 500;
/** The prepared row type of each statement. */
const forms = new WeakMap<BetterSqlite3.Statement, { names: string[]; blank: Record<string, null> }>();

/**
 * Reads plain rows with the same SQL for both databases: double-quoted camelCase names and `$1` parameters. Dates are
 * returned as `YYYY-MM-DD` and counts as numbers; booleans and JSON where `shape` says so. What is asked in one go, without
 * awaiting an answer in between, is read in that order.
 */
export async function rows<T>(source: Source, sql: string, params: Value[] = [], shape: Shape = {}): Promise<T[]> {
  return shaped(await query(source, sql, params), shape);
}

/** Converts the columns named in `shape`. */
export function shaped<T>(found: Record<string, unknown>[], shape: Shape): T[] {
  const [first = {}] = found;
  for (const [column, kind] of Object.entries(shape)) {
    if (column in first) for (const row of found) row[column] = convert(row[column], kind);
  }
  return found as T[];
}

/** The first row, or undefined. */
export async function row<T>(
  source: Source,
  sql: string,
  params: Value[] = [],
  shape: Shape = {},
): Promise<T | undefined> {
  return (await rows<T>(source, sql, params, shape))[0];
}

/** Changes rows within a transaction; returns their number. */
export async function execute(manager: EntityManager, sql: string, params: Value[] = []): Promise<number> {
  const connection = sqliteOf(manager);
  if (connection) return prepared(connection, sql).run(bound(params)).changes;
  const result = (await manager.queryRunner!.query(sql, params, true)) as { affected?: number };
  return result.affected ?? 0;
}

/** SQLite's counter of commits to the file by other connections; undefined on PostgreSQL. */
export function dataVersion(reader: DataSource): number | undefined {
  const connection = sqliteOf(reader);
  return connection && (prepared(connection, 'PRAGMA data_version').get() as { data_version: number }).data_version;
}

/** Collects the parameters of a query under construction: `add` returns the placeholder. */
export class Params {
  readonly values: Value[] = [];

  add(value: Value): string {
    return `$${this.values.push(value)}`;
  }

  /** Placeholders for `IN (…)`; `NULL` for an empty list, which matches nothing. */
  list(values: readonly Value[]): string {
    return values.length === 0 ? 'NULL' : values.map((value) => this.add(value)).join(', ');
  }
}

const VALUES_A_STATEMENT = 500;

/** Splits a long list into chunks that fit in one statement. */
export function chunks<T>(all: readonly T[]): T[][] {
  const found: T[][] = [];
  for (let start = 0; start < all.length; start += VALUES_A_STATEMENT) {
    found.push(all.slice(start, start + VALUES_A_STATEMENT));
  }
  return found;
}

/** SQL for "in force on that day" for a row with `fromOn` and `untilOn`, both inclusive. */
export const inForce = (alias: string, day: string): string =>
  `(${alias}."fromOn" <= ${day} AND (${alias}."untilOn" IS NULL OR ${alias}."untilOn" >= ${day}))`;

/** SQL for "in force on that day or later": not ended yet. */
export const notEnded = (alias: string, day: string): string =>
  `(${alias}."untilOn" IS NULL OR ${alias}."untilOn" >= ${day})`;

const MOST_TOTALS = 500;
const counted = new WeakMap<BetterSqlite3.Database, { version: number; totals: Map<string, number> }>();

/**
 * The totals counted since the last commit, by query and parameters, and therefore by permissions: counting costs more
 * than reading a page. Only for SQLite's reading connection, whose counter shows that another connection committed.
 */
function totalsOf(source: Source): Map<string, number> | undefined {
  const connection = source instanceof DataSource ? sqliteOf(source) : undefined;
  if (!connection?.readonly) return undefined;
  const version = dataVersion(source as DataSource)!;
  let known = counted.get(connection);
  if (known?.version !== version) counted.set(connection, (known = { version, totals: new Map() }));
  return known.totals;
}

export interface PageQuery {
  select: string;
  from: string;
  where: string;
  orderBy: string;
  params: Params;
  shape?: Shape;
}

/** One page with its total, from one statement. Each row carries all columns of `select`. */
export async function pageOf<T>(source: Source, query: PageQuery, paging: { page: number; pageSize: number }) {
  const { select, from, where, orderBy, params, shape } = query;
  const totals = totalsOf(source);
  const key = JSON.stringify([from, where, params.values]);
  const known = totals?.get(key);
  const count = `(SELECT count(*) FROM ${from} WHERE ${where}) AS "total"`;
  const countParams = [...params.values];
  const limit = params.add(paging.pageSize);
  const offset = params.add((paging.page - 1) * paging.pageSize);
  const found = await rows<T & { total?: number }>(
    source,
    `SELECT ${known === undefined ? `${select}, ${count}` : select} FROM ${from} WHERE ${where} ORDER BY ${orderBy} LIMIT ${limit} OFFSET ${offset}`,
    params.values,
    shape,
  );
  let total = known ?? found[0]?.total ?? 0;
  if (known === undefined && found.length === 0 && paging.page > 1) {
    // Selects the same columns, so that every parameter is used.
    const first = `SELECT ${select}, ${count} FROM ${from} WHERE ${where} LIMIT 1`;
    total = (await row<{ total: number }>(source, first, countParams))?.total ?? 0;
  }
  if (totals && totals.size < MOST_TOTALS) totals.set(key, total);
  for (const item of found) delete item.total;
  return { items: found as T[], total, page: paging.page, pageSize: paging.pageSize };
}

/** Turns a sort key (`dueOn`, `-dueOn`) into SQL by a fixed map; 400 for an unknown key. */
export function orderOf(sort: string | undefined, keys: Record<string, string>, fallback: string): string {
  if (sort === undefined) return fallback;
  const key = sort.replace(/^-/, '');
  if (!Object.hasOwn(keys, key))
    throw invalid([{ field: 'sort', message: `sort must be one of ${Object.keys(keys).join(', ')}` }]);
  return `${keys[key]} ${sort.startsWith('-') ? 'DESC' : 'ASC'}, ${fallback}`;
}

async function query(source: Source, sql: string, params: Value[]): Promise<Record<string, unknown>[]> {
  const connection = sqliteOf(source);
  return connection ? objectsOf(prepared(connection, sql), bound(params)) : source.query(sql, params);
}

/** Rows built from arrays of values, which better-sqlite3 returns in two thirds of the time it needs for objects. */
function objectsOf(statement: BetterSqlite3.Statement, params: Bound): Record<string, unknown>[] {
  let form = forms.get(statement);
  if (!form) {
    const names = statement.columns().map(({ name }) => name);
    forms.set(statement, (form = { names, blank: Object.fromEntries(names.map((name) => [name, null])) }));
    statement.raw();
  }
  const { names, blank } = form;
  return (statement.all(params) as unknown[][]).map((values) => {
    const row: Record<string, unknown> = { ...blank };
    for (let index = 0; index < names.length; index += 1) row[names[index]] = values[index];
    return row;
  });
}

function sqliteOf(source: Source): BetterSqlite3.Database | undefined {
  const dataSource = dataSourceOf(source);
  if (dataSource.options.type !== 'better-sqlite3') return undefined;
  if (!(source instanceof DataSource) && source.queryRunner?.isReleased) throw new QueryRunnerAlreadyReleasedError();
  return (dataSource.driver as unknown as { databaseConnection: BetterSqlite3.Database }).databaseConnection;
}

function prepared(connection: BetterSqlite3.Database, sql: string): BetterSqlite3.Statement {
  let known = statements.get(connection);
  if (!known) statements.set(connection, (known = new Map()));
  let statement = known.get(sql);
  if (!statement) {
    if (known.size >= MOST_STATEMENTS) known.clear();
    known.set(sql, (statement = connection.prepare(sql)));
  }
  return statement;
}

/** Parameters as SQLite binds them. */
export function bound(params: Value[]): Bound {
  const found: Bound = {};
  for (let index = 0; index < params.length; index += 1) {
    const value = params[index];
    found[index + 1] = typeof value === 'boolean' ? Number(value) : value;
  }
  return found;
}

function convert(value: unknown, kind: Shape[string]): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'boolean') return Boolean(value);
  return typeof value === 'string' ? JSON.parse(value) : value;
}

const dataSourceOf = (source: Source): DataSource => (source instanceof DataSource ? source : source.dataSource);

import type BetterSqlite3 from 'better-sqlite3';
import { DataSource, QueryRunnerAlreadyReleasedError, type EntityManager } from 'typeorm';
import { invalid } from '../common/problems.js';
import { type Prepared, prepared, rowMaker, type Value, valuesOf } from '../sqlite/statements.js';

export type { Value };

/** Columns that the databases return differently, with the type to convert them to. */
export type Shape = Record<string, 'boolean' | 'json'>;
export type Source = DataSource | EntityManager;

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

/** Whether there is a row with this id. */
export const exists = async (source: Source, table: string, id: string): Promise<boolean> =>
  (await rows(source, `SELECT 1 AS "one" FROM "${table}" WHERE "id" = $1`, [id])).length > 0;

/** Changes rows within a transaction; returns their number. */
export async function execute(manager: EntityManager, sql: string, params: Value[] = []): Promise<number> {
  const connection = sqliteOf(manager);
  if (connection) {
    const found = prepared(connection, sql, params);
    return found.statement.run(valuesOf(found, params)).changes;
  }
  const result = (await manager.queryRunner!.query(sql, params, true)) as { affected?: number };
  return result.affected ?? 0;
}

/** The same, for one row with a RETURNING clause: what it returns. */
export async function executeReturning<T>(manager: EntityManager, sql: string, params: Value[]): Promise<T[]> {
  if (sqliteOf(manager)) return (await query(manager, sql, params)) as T[];
  const result = (await manager.queryRunner!.query(sql, params, true)) as { records: T[] };
  return result.records;
}

/** SQLite's counter of commits to the file by other connections; undefined on PostgreSQL. */
export function dataVersion(reader: DataSource): number | undefined {
  const connection = sqliteOf(reader);
  if (!connection) return undefined;
  const { statement } = prepared(connection, 'PRAGMA data_version', []);
  return (statement.get() as { data_version: number }).data_version;
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

/** Of whole rows, which SQLite reads in this process, so many that others are answered soon. */
export const ROWS_AT_ONCE = 100;

/** Splits a long list into chunks that fit in one statement. */
export function chunks<T>(all: readonly T[], most = VALUES_A_STATEMENT): T[][] {
  const found: T[][] = [];
  for (let start = 0; start < all.length; start += most) found.push(all.slice(start, start + most));
  return found;
}

/** SQL for "in force on that day" for a row with `fromOn` and `untilOn`, both inclusive. */
export const inForce = (alias: string, day: string): string =>
  `(${alias}."fromOn" <= ${day} AND (${alias}."untilOn" IS NULL OR ${alias}."untilOn" >= ${day}))`;

/** SQL for "in force on that day or later": not ended yet. */
export const notEnded = (alias: string, day: string): string =>
  `(${alias}."untilOn" IS NULL OR ${alias}."untilOn" >= ${day})`;

const MOST_TOTALS = 500;
const kept = new WeakMap<DataSource, Map<string, { state: string; total: number }>>();

/** The totals counted by this reader; none within a transaction, which also counts what it has not committed. */
function totalsOf(source: Source): Map<string, { state: string; total: number }> {
  let totals = source instanceof DataSource ? kept.get(source) : undefined;
  if (!totals || totals.size >= MOST_TOTALS) totals = new Map();
  if (source instanceof DataSource) kept.set(source, totals);
  return totals;
}

/**
 * SQL for what has been committed, as a text: as long as it stays the same, so does every answer. SQLite counts the commits
 * of other connections, and nothing is written through the one that only reads. A restored PostgreSQL numbers its
 * transactions as before, but has been started again.
 */
function committedSql(source: Source, params: Params): string {
  const connection = sqliteOf(source);
  if (!(source instanceof DataSource) || connection?.readonly === false) return 'CAST(NULL AS text)';
  if (connection) return params.add(String(dataVersion(source)));
  return `(pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text)`;
}

/** What has been committed, as a text that stays the same as long as every answer does. */
export async function committed(reader: DataSource): Promise<string> {
  const params = new Params();
  const sql = `SELECT CAST(${committedSql(reader, params)} AS text) AS "state"`;
  return (await row<{ state: string }>(reader, sql, params.values))!.state;
}

interface PageQuery {
  select: string;
  from: string;
  where: string;
  orderBy: string;
  params: Params;
  shape?: Shape;
}

/**
 * One page with its total, from one statement. Each row carries all columns of `select`. Counting costs more than reading
 * a page, so the total of a query and its parameters, and therefore permissions, is counted again only after a commit.
 */
export async function pageOf<T>(source: Source, query: PageQuery, paging: { page: number; pageSize: number }) {
  const { select, from, where, orderBy, params, shape } = query;
  const key = JSON.stringify([from, where, params.values]);
  const totals = totalsOf(source);
  const known = totals.get(key);
  const count = `(SELECT count(*) FROM ${from} WHERE ${where})`;
  const countParams = [...params.values];
  const state = committedSql(source, params);
  const isSame = `${state} = ${params.add(known?.state ?? null)}`;
  const total = `CASE WHEN ${isSame} THEN ${params.add(known?.total ?? null)} ELSE ${count} END`;
  // Bound by itself, the limit would make SQLite plan the statement again at each execution, in case it is small.
  const limit = `${params.add(paging.pageSize)} + 0`;
  const offset = params.add((paging.page - 1) * paging.pageSize);
  const found = await rows<T & { total?: number; countedIn?: string | null }>(
    source,
    `SELECT ${select}, ${total} AS "total", ${state} AS "countedIn" FROM ${from} WHERE ${where}
     ORDER BY ${orderBy} LIMIT ${limit} OFFSET ${offset}`,
    params.values,
    shape,
  );
  let counting = found[0];
  if (!counting && paging.page > 1) {
    // Selects the same columns, so that every parameter is used.
    const first = `SELECT ${select}, ${count} AS "total" FROM ${from} WHERE ${where} LIMIT 1`;
    counting = (await row<T & { total?: number }>(source, first, countParams))!;
  }
  const { total: counted = 0, countedIn } = counting ?? {};
  if (countedIn) totals.set(key, { state: countedIn, total: counted });
  for (const item of found) {
    delete item.total;
    delete item.countedIn;
  }
  return { items: found as T[], total: counted, page: paging.page, pageSize: paging.pageSize };
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
  return connection ? objectsOf(prepared(connection, sql, params), params) : source.query(sql, params);
}

/** Rows built from arrays of values, which better-sqlite3 returns in two thirds of the time it needs for objects. */
function objectsOf(prepared: Prepared, params: Value[]): Record<string, unknown>[] {
  const { statement } = prepared;
  if (!prepared.toRow) {
    prepared.toRow = rowMaker(statement.columns().map(({ name }) => name));
    statement.raw();
  }
  return (statement.all(valuesOf(prepared, params)) as unknown[][]).map(prepared.toRow);
}

function sqliteOf(source: Source): BetterSqlite3.Database | undefined {
  const dataSource = dataSourceOf(source);
  if (dataSource.options.type !== 'better-sqlite3') return undefined;
  if (!(source instanceof DataSource) && source.queryRunner?.isReleased) throw new QueryRunnerAlreadyReleasedError();
  return (dataSource.driver as unknown as { databaseConnection: BetterSqlite3.Database }).databaseConnection;
}

function convert(value: unknown, kind: Shape[string]): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'boolean') return Boolean(value);
  return typeof value === 'string' ? JSON.parse(value) : value;
}

const dataSourceOf = (source: Source): DataSource => (source instanceof DataSource ? source : source.dataSource);

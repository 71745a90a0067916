import type { EntityManager, EntityTarget, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';
import { LongTask } from '../common/long-task.js';
import { dialectOf } from './dialect.js';
import { handOver } from './handed-over-rows.js';
import { type Fields, namesOf, type RowOf, stored, type Stored } from './row-values.js';
import { chunks, execute } from './rows.js';

/** Inserts one row; keys are columns. For hot paths, where building a query costs more than running it. */
export async function insertRow(manager: EntityManager, table: string, fields: Fields): Promise<void> {
  const columns = Object.keys(fields);
  let last = lastInserts.get(table);
  if (!last || !isSame(last.columns, columns))
    lastInserts.set(table, (last = { columns, sql: insertSql(table, columns, 1) }));
  await execute(manager, last.sql, Object.values(fields).map(stored));
}

/** By table, so that the same text is not put together, and looked up by its thousand characters, for each row. */
const lastInserts = new Map<string, { columns: readonly string[]; sql: string }>();
const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((column, index) => column === other[index]);

/** Entities per statement: below PostgreSQL's 65,535 parameters also for the widest table. */
const ENTITIES_PER_STATEMENT = 100;

/**
 * Inserts copies of entities. TypeORM's own insert of several rows reads generated and defaulted columns back in key
 * order and writes them into the objects it was given, which would swap their ids; ESLint forbids it elsewhere.
 */
export async function insertAll<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  entities: readonly QueryDeepPartialEntity<T>[],
): Promise<void> {
  for (let start = 0; start < entities.length; start += ENTITIES_PER_STATEMENT) {
    const copies = entities.slice(start, start + ENTITIES_PER_STATEMENT).map((one) => ({ ...one }));
    // eslint-disable-next-line no-restricted-syntax -- TypeORM writes into these copies, not into what the caller holds
    await manager.insert(entity, copies);
  }
}

/** A row that counts its edits; the count is its ETag. */
interface Versioned {
  id: string;
  version: number;
}

const NEXT = '"version" + 1';
/** In the SET clause of an UPDATE: increments the version of every row. */
export const NEXT_VERSION = `"version" = ${NEXT}`;

/** Updates columns of the row with this id and increments its version. */
export async function updateRow<T extends Versioned>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  id: string,
  fields: Partial<Omit<T, keyof Versioned>> = {},
): Promise<void> {
  await manager.update<Versioned>(entity, id, { ...fields, version: () => NEXT });
}

/** Updates columns of the rows with these ids and increments their versions. */
export async function updateRowsOf<T extends Versioned>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  ids: readonly string[],
  fields: Partial<Omit<T, keyof Versioned>> = {},
): Promise<void> {
  for (const some of chunks(ids)) await manager.update<Versioned>(entity, some, { ...fields, version: () => NEXT });
}

/**
 * On SQLite a row is a statement, since it binds each parameter by name; but its word index writes out what it has
 * gathered whenever a statement begins, which took half of the time of an import.
 */
const ROWS_A_STATEMENT: Readonly<Record<string, number>> = { actions: 50 };

/** Inserts many rows with the same columns in few round trips; `rowOf` makes the row of each item when it is its turn. */
export async function insertRows<T = Fields>(
  manager: EntityManager,
  table: string,
  items: readonly T[],
  rowOf: RowOf<T> = (item) => item as Fields,
): Promise<void> {
  if (items.length === 0) return;
  if (items.length === 1) return insertRow(manager, table, rowOf(items[0]));
  if (!dialectOf(manager).isPostgres) return putRows(manager, table, items, rowOf, '');
  return handOver(manager, table, items, rowOf, (columns, some) => {
    const names = namesOf(columns);
    return `INSERT INTO "${table}" (${names}) SELECT ${names} FROM ${some}`;
  });
}

/** Updates many existing rows: each is passed whole, with its new version; `columns` are those that changed. */
export async function overwriteRows<T = Fields>(
  manager: EntityManager,
  table: string,
  items: readonly T[],
  columns: readonly string[],
  rowOf: RowOf<T> = (item) => item as Fields,
): Promise<void> {
  const isMany = items.length > 1;
  if (isMany && dialectOf(manager).isPostgres) {
    const settings = columns.map((column) => `"${column}" = n."${column}"`).join(', ');
    const changed = (item: T) => {
      const row = rowOf(item);
      return Object.fromEntries(['id', ...columns].map((column) => [column, row[column]]));
    };
    const sqlOf = (_: unknown, some: string) =>
      `UPDATE "${table}" SET ${settings} FROM ${some} WHERE "${table}"."id" = n."id"`;
    return handOver(manager, table, items, changed, sqlOf);
  }
  if (isMany && ROWS_A_STATEMENT[table]) {
    const settings = columns.map((column) => `"${column}" = EXCLUDED."${column}"`).join(', ');
    return putRows(manager, table, items, rowOf, ` ON CONFLICT ("id") DO UPDATE SET ${settings}`);
  }
  const settings = columns.map((column, index) => `"${column}" = $${index + 1}`).join(', ');
  const sql = `UPDATE "${table}" SET ${settings} WHERE "id" = $${columns.length + 1}`;
  const turns = new LongTask();
  for (const item of items) {
    const row = rowOf(item);
    await execute(manager, sql, [...columns.map((column) => stored(row[column])), stored(row.id)]);
    await turns.yieldToEventLoop();
  }
}

/** On SQLite, with as many rows a statement as are best for the table. */
async function putRows<T>(
  manager: EntityManager,
  table: string,
  items: readonly T[],
  rowOf: RowOf<T>,
  after: string,
): Promise<void> {
  const most = ROWS_A_STATEMENT[table] ?? 1;
  const turns = new LongTask();
  let columns: string[] = [];
  let sql = '';
  let values: Stored[] = [];
  for (const [index, item] of items.entries()) {
    const row = rowOf(item);
    if (index === 0) columns = Object.keys(row);
    for (const column of columns) values.push(stored(row[column]));
    const count = (index % most) + 1;
    const isLast = index === items.length - 1;
    if (count === most || isLast) {
      // The same for all but the last.
      if (index < most || count < most) sql = insertSql(table, columns, count) + after;
      await execute(manager, sql, values);
      values = [];
    }
    // All of it runs inside this process: let requests run in between.
    await turns.yieldToEventLoop();
  }
}

function insertSql(table: string, columns: readonly string[], count: number): string {
  const places = Array.from(
    { length: count },
    (_, n) => `(${columns.map((__, at) => `$${n * columns.length + at + 1}`).join(', ')})`,
  );
  return `INSERT INTO "${table}" (${namesOf(columns)}) VALUES ${places.join(', ')}`;
}

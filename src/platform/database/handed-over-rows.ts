import type { EntityManager } from 'typeorm';
import { LongTask } from '../common/long-task.js';
import { type RowOf, stored, type Stored } from './row-values.js';
import { execute } from './rows.js';

/**
 * PostgreSQL is handed the rows as one JSON: of a list of values it reads, plans and casts each by itself, which took a
 * third longer, and as long again in this process.
 */
const ROWS_A_JSON = 500;

/** SQL of a statement for these columns of the rows `some`, which it may use once: `FROM ${some}`, as "n". */
type SqlOf = (columns: readonly string[], some: string) => string;

/** Hands rows to PostgreSQL some at a time: while it carries out a statement, the next is prepared. */
export async function handOver<T>(
  manager: EntityManager,
  table: string,
  items: readonly T[],
  rowOf: RowOf<T>,
  sqlOf: SqlOf,
): Promise<void> {
  const types = typesOf(manager, table);
  let last: Promise<unknown> = Promise.resolve();
  for await (const { columns, rows } of inParts(items, rowOf)) {
    const { some, params } = asTable(columns, rows, types);
    const sql = sqlOf(columns, some);
    await last;
    last = execute(manager, sql, params);
    // Thrown where it is awaited, but not if preparing the next one fails before.
    last.catch(() => {});
  }
  await last;
}

interface Part {
  /** Those of the first row. */
  columns: string[];
  /** The values of each row, in the order of the columns. */
  rows: Stored[][];
}

async function* inParts<T>(items: readonly T[], rowOf: RowOf<T>): AsyncGenerator<Part> {
  const turns = new LongTask();
  let columns: string[] = [];
  let rows: Stored[][] = [];
  for (const [index, item] of items.entries()) {
    const row = rowOf(item);
    if (index === 0) columns = Object.keys(row);
    rows.push(columns.map((column) => stored(row[column])));
    await turns.yieldToEventLoop();
    if (rows.length < ROWS_A_JSON && index < items.length - 1) continue;
    yield { columns, rows };
    rows = [];
  }
}

/**
 * The rows as a table "n". What is the same in all of them, which most columns of new actions are, is passed once: reading a
 * value from JSON takes PostgreSQL longer than storing it.
 */
function asTable(
  columns: readonly string[],
  rows: readonly Stored[][],
  types: ReadonlyMap<string, string>,
): { some: string; params: Stored[] } {
  const [first] = rows;
  // There is a row for each, also if all are the same.
  const isOwn = columns.map((_, at) => at === 0 || rows.some((row) => row[at] !== first[at]));
  const own = columns.flatMap((_, at) => (isOwn[at] ? at : []));
  const heads = own.map((at, n) => `${n === 0 ? '{' : ','}${JSON.stringify(columns[at])}:`);
  let json = '';
  for (const [n, row] of rows.entries()) {
    json += n === 0 ? '[' : ',';
    for (let k = 0; k < own.length; k += 1) json += heads[k] + jsonOf(row[own[k]]);
    json += '}';
  }
  const params: Stored[] = [`${json}]`];
  const read = columns.map((column, at) =>
    isOwn[at] ? `r."${column}"` : `CAST($${params.push(first[at])} AS ${types.get(column)}) AS "${column}"`,
  );
  const shape = own.map((at) => `"${columns[at]}" ${types.get(columns[at])}`);
  return { some: `(SELECT ${read.join(', ')} FROM json_to_recordset($1) r(${shape.join(', ')})) n`, params };
}

/** Half a character is an error in JSON; as a parameter it becomes the sign for an unknown one. */
const jsonOf = (value: Stored): string =>
  typeof value === 'string' ? JSON.stringify(value.toWellFormed()) : String(value);

/** The type of each column of a table. */
function typesOf({ dataSource }: EntityManager, table: string): Map<string, string> {
  const { columns } = dataSource.entityMetadatas.find(({ tableName }) => tableName === table)!;
  return new Map(columns.map((column) => [column.databaseName, dataSource.driver.normalizeType(column)]));
}

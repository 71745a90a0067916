import type { QueryRunner, Table } from 'typeorm';

const BOOLEANS: Record<string, string> = { true: '1', false: '0' };

/** The table with the types of the database at hand: SQLite writes `uuid` as `varchar` and `false` as `0`. */
export function portable(runner: QueryRunner, table: Table): Table {
  if (runner.dataSource.options.type === 'postgres') return table;
  const copy = table.clone();
  for (const column of copy.columns) {
    if (column.type === 'uuid') column.type = 'varchar';
    if (column.type === 'boolean') column.default = BOOLEANS[String(column.default)] ?? column.default;
  }
  return copy;
}

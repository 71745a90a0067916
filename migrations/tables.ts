import { type MigrationInterface, type QueryRunner, Table, type TableIndexOptions, type TableOptions } from 'typeorm';
import { namesIn, type Part } from './columns.js';

/** A table of parts. Unnamed keys, unique constraints and indexes get the name TypeORM derives from the columns. */
export const table = (name: string, parts: Part[]): TableOptions => ({
  name,
  columns: parts.flatMap((part) => part.columns ?? []),
  foreignKeys: parts.flatMap((part) => part.foreignKeys ?? []),
  uniques: parts.flatMap((part) => part.uniques ?? []),
  indices: parts.flatMap((part) => part.indices ?? []),
});

export const unique = (columns: string): Part => ({ uniques: [{ columnNames: namesIn(columns) }] });
export const index = (columns: string, options: Omit<TableIndexOptions, 'columnNames'> = {}): Part => ({
  indices: [{ ...options, columnNames: namesIn(columns) }],
});

export const isPostgres = (runner: QueryRunner): boolean => runner.dataSource.options.type === 'postgres';

/** Creates tables with their initial rows; `down` drops them in reverse order. */
export abstract class CreateTables implements MigrationInterface {
  protected abstract readonly tables: TableOptions[];
  /** SQL for both databases. */
  protected readonly firstRows: string[] = [];

  async up(runner: QueryRunner): Promise<void> {
    for (const options of this.tables) await runner.createTable(portable(runner, options));
    for (const sql of this.firstRows) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of this.tables.toReversed()) await runner.dropTable(name);
  }
}

const BOOLEANS: Record<string, string> = { true: '1', false: '0' };

/** The table in the types of the current database: SQLite uses `varchar` for `uuid` and `0` for `false`. */
function portable(runner: QueryRunner, options: TableOptions): Table {
  const made = new Table(options);
  if (isPostgres(runner)) return made;
  for (const column of made.columns) {
    if (column.type === 'uuid') column.type = 'varchar';
    if (column.type === 'boolean') column.default = BOOLEANS[String(column.default)] ?? column.default;
  }
  return made;
}

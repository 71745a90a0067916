import type { TableColumnOptions, TableOptions } from 'typeorm';

/** What makes up a table: columns, and what is held over them. */
export type Part = Pick<TableOptions, 'columns' | 'foreignKeys' | 'uniques' | 'indices'>;
type Options = Omit<TableColumnOptions, 'name' | 'type'>;

/** `'a, b'` → `['a', 'b']` */
export const namesIn = (list: string): string[] => list.split(', ');
const bare = (name: string): string => name.replace('?', '');

/**
 * Columns in the words of `platform/database/columns.ts`. Each takes a list of names, in order: `'openedAt, closedAt?'`; a
 * question mark lets a column be null. Landed migrations are made of these: add to them, never change one.
 */
export const column = (type: string, names: string, options: Options = {}): Part => ({
  columns: namesIn(names).map((name) => ({ ...options, name: bare(name), type, isNullable: name.endsWith('?') })),
});

/** The primary key of most tables. */
export const id = (): Part => primary(uuid('id'));

/** A key of other columns than `id`. */
export const primary = (...parts: Part[]): Part => {
  const columns = parts.flatMap((part) => part.columns!).map((each) => ({ ...each, isPrimary: true }));
  return { columns, foreignKeys: parts.flatMap((part) => part.foreignKeys ?? []) };
};

/** Names rows of a table of this room or an earlier one, held by foreign keys. */
export const reference = (table: string, names: string): Part => ({
  ...uuid(names),
  foreignKeys: namesIn(names).map((name) => ({
    ...{ columnNames: [bare(name)], referencedTableName: table, referencedColumnNames: ['id'] },
  })),
});

/** Names rows that nothing holds: those of a later room, of any table at all, or that may be gone. */
export const uuid = (names: string): Part => column('uuid', names);
export const line = (length: number, names: string): Part => column('varchar', names, { length: String(length) });
export const text = (names: string): Part => column('text', names);
export const day = (names: string): Part => column('date', names);
export const moment = (names: string): Part => line(24, names);
export const whole = (names: string): Part => column('integer', names);
export const quantity = (names: string): Part => column('double precision', names);
export const flag = (value: boolean, names: string): Part => column('boolean', names, { default: String(value) });

/** Whole numbers that start at 0. */
export const count = (names: string): Part => column('integer', names, { default: '0' });
export const version = (): Part => column('integer', 'version', { default: '1' });

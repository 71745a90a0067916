import type { TableColumnOptions, TableOptions } from 'typeorm';

/** Parts of a table: columns, and the constraints and indexes over them. */
export type Part = Pick<TableOptions, 'columns' | 'foreignKeys' | 'uniques' | 'indices'>;
type Options = Omit<TableColumnOptions, 'name' | 'type'>;

/** `'a, b'` → `['a', 'b']` */
export const namesIn = (list: string): string[] => list.split(', ');
const bare = (name: string): string => name.replace('?', '');

/**
 * Columns named like those in `platform/database/columns.ts`. Each takes a list of names: `'openedAt, closedAt?'`; a
 * question mark makes one nullable. Landed migrations are built with these: add to them, never change one.
 */
export const column = (type: string, names: string, options: Options = {}): Part => ({
  columns: namesIn(names).map((name) => ({ ...options, name: bare(name), type, isNullable: name.endsWith('?') })),
});

/** The primary key of most tables. */
export const id = (): Part => primary(uuid('id'));

/** A primary key of columns other than `id`. */
export const primary = (...parts: Part[]): Part => {
  const columns = parts.flatMap((part) => part.columns!).map((each) => ({ ...each, isPrimary: true }));
  return { columns, foreignKeys: parts.flatMap((part) => part.foreignKeys ?? []) };
};

/** Foreign keys to a table of this room or an earlier one. */
export const reference = (table: string, names: string): Part => ({
  ...uuid(names),
  foreignKeys: namesIn(names).map((name) => ({
    ...{ columnNames: [bare(name)], referencedTableName: table, referencedColumnNames: ['id'] },
  })),
});

/** Ids without a foreign key: of a later room, of any table, or of rows that may be gone. */
export const uuid = (names: string): Part => column('uuid', names);
export const line = (length: number, names: string): Part => column('varchar', names, { length: String(length) });
export const text = (names: string): Part => column('text', names);
export const day = (names: string): Part => column('date', names);
export const moment = (names: string): Part => line(24, names);
export const whole = (names: string): Part => column('integer', names);
export const quantity = (names: string): Part => column('double precision', names);
export const flag = (value: boolean, names: string): Part => column('boolean', names, { default: String(value) });

/** Integers that start at 0. */
export const count = (names: string): Part => column('integer', names, { default: '0' });
export const version = (): Part => column('integer', 'version', { default: '1' });

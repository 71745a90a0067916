export type Fields = Record<string, unknown>;
export type Stored = string | number | boolean | null;
/** Makes the row of an item when it is its turn. */
export type RowOf<T> = (item: T) => Fields;

/** Lists and objects are stored as JSON text, like the `Json` columns of entities. */
export const stored = (value: unknown): Stored =>
  value === undefined ? null : typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Stored);

export const namesOf = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');

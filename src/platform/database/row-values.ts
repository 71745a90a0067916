export type Fields = Record<string, unknown>;
export type Stored = string | number | boolean | null;
/** Makes the row of an item when it is its turn. */
export type RowOf<T> = (item: T) => Fields;

/** Lists and objects are stored as JSON text, like the `Json` columns of entities. */
export const stored = (value: unknown): Stored =>
  value === undefined ? null : typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Stored);

export const namesOf = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');

/**
 * Copies these fields of an object, compiled as one literal: of an object that is filled field by field, V8 makes a dictionary
 * at the twelfth, and every later look at it is slow. The names are those of our own columns.
 */
export function partOf(names: readonly string[]): (from: object) => Fields {
  const fields = names.map((name) => `${JSON.stringify(name)}: from[${JSON.stringify(name)}]`);
  return new Function('from', `return { ${fields.join(', ')} };`) as ReturnType<typeof partOf>;
}

/**
 * Objects whose fields are only known at run time, made as if they were written out in the source. Of one that is filled field
 * by field, V8 makes a dictionary at the twelfth, and every later look at it is slow.
 */
type Of<T> = (from: T) => Record<string, unknown>;

function written<T>(names: readonly string[], valueOf: (name: string, index: number) => string): Of<T> {
  const fields = names.map((name, index) => `${JSON.stringify(name)}: ${valueOf(name, index)}`);

  return new Function('from', `return { ${fields.join(', ')} };`) as Of<T>;
}

/** Names the values of a list. */
export const literalOf = (names: readonly string[]): Of<readonly unknown[]> =>
  written(names, (_, index) => `from[${index}]`);

/** Copies these fields of an object. */
export const partOf = (names: readonly string[]): Of<object> =>
  written(names, (name) => `from[${JSON.stringify(name)}]`);

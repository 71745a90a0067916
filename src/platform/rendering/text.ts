/** "Stokt": capitalises a label at the start of a line, cell or option. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** With a full stop at its end, unless it has an end of its own, as "z.s.m." has. */
export const asSentence = (text: string): string =>
  /[.!?…:;]["”’)]*$/.test(text.trimEnd()) ? text : `${text.trimEnd()}.`;

/** The beginning of a text, of at most so many characters: up to a whole word, unless it is a single one. */
export function beginningOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const words = text.slice(0, most + 1).replace(/\s+\S*$/, '');
  // A character of two code units is not cut in half.
  return words.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** "politie, bewoners of overig". */
export const oneOf = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} of ${words.at(-1)}`;

/** "Politie, BOR en MO". */
export const inOneLine = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' en ');

/** "Politie, BOR en MO"; if there are two or more beyond `most`, only their number: "Politie, BOR en 3 anderen". */
export function briefly(names: readonly string[], most: number): string {
  // "1 ander" would take as much room as the name.
  const named = names.length > most + 1 ? names.slice(0, most) : names;
  const left = names.length - named.length;
  return inOneLine(left > 0 ? [...named, `${left} anderen`] : named);
}

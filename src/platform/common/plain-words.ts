/** Latin letters with an accent, U+00C0 to U+024F, and those without one. */
const ACCENTED: [string, string][] = Array.from({ length: 0x250 - 0xc0 }, (_, n) => String.fromCharCode(0xc0 + n))
  .filter((letter) => letter === letter.toLowerCase())
  .map((letter): [string, string] => [letter, letter.normalize('NFKD').replaceAll(/[\u0300-\u036f]/g, '')])
  .filter(([letter, plain]) => plain !== letter && /^[a-z]$/.test(plain));
const PUNCTUATION = `-_.,:;/\\()[]{}"'!?&+*@#%=<>|~\`\u00b4\u2018\u2019\u201c\u201d\u2013\u2014\u2026\n\t\r`;

/** The characters that `plainWords` replaces, and their replacements in the same order; used for the same in SQL. */
export const REPLACED = ACCENTED.map(([letter]) => letter).join('') + PUNCTUATION;
export const REPLACEMENTS = ACCENTED.map(([, plain]) => plain).join('') + ' '.repeat(PUNCTUATION.length);
const BY_CHARACTER = new Map([...REPLACED].map((character, n) => [character, REPLACEMENTS[n]]));

/** A text in lower case, without accents, with spaces for punctuation; in SQL `Dialect.plainWords`. */
export const plainWords = (text: string): string =>
  [...text.normalize('NFC').toLowerCase()].map((character) => BY_CHARACTER.get(character) ?? character).join('');

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

const MOST_WORDS = 20;
const LONGEST_WORD = 100;
const APOSTROPHE = /(?<=[\p{L}\p{N}])['’‘´\x60](?=\p{L})/gu;
/** Dutch endings with an apostrophe before them, after a vowel or letters without any: `boa's`, `zzp'er`, `cd'tje`. */
const ENDINGS = [/^(.*[aeiouy])(s)$/, /^([^aeiouy\d]+)(s|er|ers|en|je|jes|tje|tjes)$/];

/** Adjacent words. The last one may continue in the text, unless they are `whole`. */
export interface Phrase {
  words: string[];
  isWhole: boolean;
}
/** One word of a search, in each of the ways in which texts spell it. */
export type SearchedWord = Phrase[];

/** Lower case, without accents and apostrophes inside words: `boa’s` is `boas`. */
const folded = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '');

const split = (text: string): string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, LONGEST_WORD));

/** The text without the apostrophes inside words. */
export const withoutApostrophes = (text: string): string => text.replaceAll(APOSTROPHE, '');

/**
 * The words of a search, all of which must occur as prefixes. Words written together, as in `BOS-12`, must be adjacent
 * in the text too. Accents, case and all characters except letters and digits are ignored; with or without its apostrophe
 * a word is the same, though the index has `boa's` as two words.
 */
export function searchedWords(text: string): SearchedWord[] {
  return text
    .split(/\s+/)
    .map((together) => {
      const joined = split(withoutApostrophes(together));
      const apart = split(together);
      if (apart.length > joined.length) return [prefix(joined), prefix(apart)];
      return joined.length === 0 ? [] : [prefix(joined), ...withEnding(joined)];
    })
    .filter((phrases) => phrases.length > 0)
    .slice(0, MOST_WORDS);
}

const prefix = (words: string[]): Phrase => ({ words, isWhole: false });

/** The same with an apostrophe before the ending of the last word. */
function withEnding(words: string[]): Phrase[] {
  return ENDINGS.map((ending) => ending.exec(words.at(-1)!))
    .filter((found) => found !== null)
    .map(([, stem, ending]) => ({ words: [...words.slice(0, -1), stem, ending], isWhole: true }));
}

/** Whether the text has these words, as the full-text index finds them. */
export function hasWords(text: string, searched: readonly SearchedWord[]): boolean {
  const said = ` ${folded(text).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return searched.every((phrases) =>
    phrases.some(({ words, isWhole }) => said.includes(` ${words.join(' ')}${isWhole ? ' ' : ''}`)),
  );
}

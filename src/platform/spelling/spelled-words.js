/**
 * Words as people see them: keyboards, word processors and mail programs write the same name with and without accents, in
 * composed and decomposed characters, with other blanks, apostrophes and hyphens, and broken over lines. Plain JavaScript,
 * because the worker thread that reads SQLite cannot load TypeScript. `Dialect.spells` has the same for PostgreSQL.
 */
export const ALIKE = {
  ...{ ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ı: 'i' },
  ...{ '\u00b4': "'", '`': "'", '\u2018': "'", '\u2019': "'", '\u02bc': "'" },
  ...{ '\u2010': '-', '\u2011': '-', '\u2013': '-', '\u2014': '-' },
};
/** What is not seen, or only as an accent, in a class of a regular expression of either language. */
export const UNSEEN = '\\u0300-\\u036f\\u00ad\\u200b-\\u200f\\u2060\\ufeff';
/** Blanks that remain once characters are decomposed. */
export const BLANKS = '\\t\\n\\u000b\\u000c\\r \\u0085\\u1680\\u2028\\u2029';

const IS_UNSEEN = new RegExp(`[${UNSEEN}]`);
const IS_BLANK = new RegExp(`[${BLANKS}]`);

/** The characters that are seen, with for each from where to where it is in the text. */
function read(text) {
  let said = '';
  const from = [];
  const until = [];
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    for (const one of (ALIKE[character] ?? character).normalize('NFKD')) {
      const isBlank = IS_BLANK.test(one);
      if (IS_UNSEEN.test(one) || (isBlank && said.endsWith(' '))) {
        if (until.length > 0) until[until.length - 1] = end;
        continue;
      }
      said += isBlank ? ' ' : one;
      for (let unit = 0; unit < one.length; unit += 1) {
        from.push(at);
        until.push(end);
      }
    }
    at = end;
  }
  return { said, from, until };
}

/** A lower case that changes no lengths. */
const lowered = (text) =>
  text.replace(/\p{Lu}/gu, (one) => (one.toLowerCase().length === one.length ? one.toLowerCase() : one));

/** Where the text has these words, in any of these spellings: `[from, until]` of each, in order. */
export function spelledAt(text, words, { anyCase = false } = {}) {
  const { said, from, until } = read(text);
  const [where, sought] = [said, read(words).said.trim()].map((one) => (anyCase ? lowered(one) : one));
  const found = [];
  if (sought === '') return found;
  for (let at = where.indexOf(sought); at >= 0; at = where.indexOf(sought, at + sought.length))
    found.push([from[at], until[at + sought.length - 1]]);
  return found;
}

/** The text with something else in place of these words. */
export function withoutSpelled(text, words, instead) {
  let left = '';
  let at = 0;
  for (const [from, until] of spelledAt(text, words)) {
    left += text.slice(at, from) + instead;
    at = until;
  }
  return left + text.slice(at);
}

/** A stored text as it is searched for words, in any case; in JSON, line breaks are escaped. */
export const asSpelled = (text) => lowered(read(text.replace(/\\[nrt]/g, ' ')).said);

/**
 * The order of names and numbers in a Dutch dictionary. Plain JavaScript, because the worker thread that reads SQLite
 * cannot load TypeScript. `migrations/0013-natural-order.ts` has the same function for PostgreSQL: change both, in a
 * new migration that also refills `actions.numberKey` and `actions.titleKey`.
 */
const ALIKE = { ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', ß: 'ss' };
const MOST_KNOWN = 10_000;
const known = new Map();

/**
 * A text that sorts by its characters as the original does in a dictionary: without case, accents and punctuation, and
 * with numbers by value (`BOS-2`, `BOS-10`, `BOS-V1`). The empty text for null.
 */
export function naturalKey(text) {
  if (typeof text !== 'string') return '';
  let key = known.get(text);
  if (key === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, (key = keyOf(text)));
  }
  return key;
}

const keyOf = (text) =>
  plain(text)
    .replace(/['\u2018\u2019]/g, '')
    .replace(/[^0-9a-z\u00c0-\u1fff\u2c00-\uffff]+/g, ' ')
    .replace(/[0-9]+/g, (digits) => (digits.length < 9 ? digits.padStart(9, '0') : digits.slice(-9)))
    .trim();

/** In lower case, without accents. */
function plain(text) {
  // Most texts are plain already, and a long list is sorted in half the time.
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  const bare = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  return bare.toLowerCase().replace(/[øłđæœß]/g, (letter) => ALIKE[letter]);
}

/**
 * How many characters of the key of a long text are stored: to a reader, two texts that agree this far are as good as
 * equal.
 */
export const STORED_KEY_LENGTH = 200;

/** `naturalKey` as stored beside a text of any kind, to page a long list from an index. */
export function storedKey(text) {
  const key = naturalKey(text);
  return key.length <= STORED_KEY_LENGTH ? key : [...key].slice(0, STORED_KEY_LENGTH).join('');
}

/** For `toSorted`: the order of `natural_key` in SQL. Texts that differ in case or accents only keep a fixed order. */
export function compareNaturally(one, other) {
  const [a, b] = [naturalKey(one), naturalKey(other)];
  if (a !== b) return a < b ? -1 : 1;
  return one < other ? -1 : Number(one > other);
}

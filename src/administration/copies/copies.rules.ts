import { ERASED_NAME } from '../../minutes/name-book.rules.js';
import { withoutSpelled } from '../../platform/spelling/spelled-words.js';

/** Printed in place of redacted words. */
export const REDACTED = '(weggelakt)';

/** A value of JSON. */
type Json = unknown;

/** The value with the words replaced in all its texts. */
export function withoutWords(value: Json, words: readonly string[]): Json {
  return mapTexts(value, (text) => words.reduce((left, one) => withoutSpelled(left, one, REDACTED), text));
}

/** The same, but only within objects about one of these actions: those with its number, and everything in them. */
export function withoutWordsOf(value: Json, numbers: ReadonlySet<string>, words: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((one) => withoutWordsOf(one, numbers, words));
  if (value === null || typeof value !== 'object') return value;
  if (numbers.has(String((value as { number?: unknown }).number))) return withoutWords(value, words);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withoutWordsOf(one as Json, numbers, words)]),
  );
}

/** What identifies somebody in responses: the id, and the texts that are the name or the address, as they are now. */
export interface Named {
  id: string;
  names: readonly string[];
}

/** The value without somebody's name and address: texts that are one of them, and what an object about them calls them. */
export function withoutNames(value: Json, who: Named): Json {
  if (typeof value === 'string') return who.names.includes(value) ? ERASED_NAME : value;
  if (Array.isArray(value)) return value.map((one) => withoutNames(one, who));
  if (value === null || typeof value !== 'object') return value;
  const { id, personId = id } = value as { id?: unknown; personId?: unknown };
  const isAbout = who.id === id || who.id === personId;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      if (!isAbout || typeof one !== 'string') return [name, withoutNames(one, who)];
      return [name, name === 'email' ? null : CALLED.has(name) ? ERASED_NAME : withoutNames(one, who)];
    }),
  );
}

/** The fields with the name in an object about a person or a guest, who may have been called otherwise before. */
const CALLED = new Set(['name', 'personName', 'guestName']);

/** The value without the texts in these fields, whatever they say. */
export function withoutFields(value: Json, names: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return value.map((one) => withoutFields(one, names));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      names.has(name) && typeof one === 'string' ? REDACTED : withoutFields(one as Json, names),
    ]),
  );
}

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapTexts(one as Json, change)]));
}

import { withoutSpelled } from '../../platform/spelling/spelled-words.js';
import { REDACTED } from './removals.rules.js';

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

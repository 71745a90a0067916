import { searchedWords, type SearchedWord } from '../spelling/plain-words.js';
import { dialectOf } from './dialect.js';
import { Params, rows, type Source } from './rows.js';
import { COMMON, PROBED, toTsquery, type WordIndex, type WordMatches, withWords } from './word-search.js';

const FEW = 400;

const RECORDS = { texts: 'record_texts', words: 'record_words', column: 'said', id: 'subjectId' };
/** One index for the texts of two tables: parts of minutes, and agenda items with a decision. */
export const RECORD_WORDS: Record<'minutes' | 'decisions', RecordIndex> = {
  minutes: { ...RECORDS, subjects: 'minutes_parts', alias: 'p' },
  decisions: { ...RECORDS, subjects: 'agenda_items', alias: 'i' },
};
interface RecordIndex extends WordIndex {
  /** The table with the records, and its alias in queries. */
  subjects: string;
  alias: string;
}

/** SQL that keeps to the few records of a caller: joins from the record, and the condition. */
interface Within {
  join: string;
  where: string;
}

/**
 * How rows are chosen that are wanted by when their subject began (`since`), not by when its present text was written (`at`):
 * both are ids, and no text is older than its subject.
 */
interface Beginning<T> {
  at: (row: T) => string;
  since: (row: T) => string;
}

interface Wanted<T> {
  /** So many rows, at which `read` stops too. */
  enough: number;
  within?: (params: Params) => Within;
  beginning?: Beginning<T>;
}

/**
 * Reads the newest texts with these words, until there are `enough` rows. SQLite stops by itself. PostgreSQL looks for them
 * in the newest records first, then looks the words up once and reads the newest few matches before the rest; with
 * `within`, it begins with those records.
 */
export async function newestWithWords<T>(
  source: Source,
  index: RecordIndex,
  text: string,
  wanted: Wanted<T>,
  read: (matches: WordMatches, params: Params) => Promise<T[]>,
): Promise<T[]> {
  const words = searchedWords(text);
  if (words.length === 0) return [];
  const { enough, within } = wanted;
  const found = new Newest(wanted);
  if (!dialectOf(source).isPostgres) {
    await found.add(undefined, (below) => {
      const params = new Params();
      const { where, ...matches } = withWords(source, index, words, params);
      const conditions = [where, within?.(params).where ?? 'TRUE'];
      if (below !== undefined) conditions.push(`${matches.id} < ${params.add(below)}`);
      return read({ ...matches, where: conditions.join(' AND ') }, params);
    });
    return found.rows;
  }
  const readOf = async (ids: readonly string[]): Promise<boolean> =>
    found.add(ids.at(-1), async (below) => {
      const own = new Params();
      const older = below === undefined ? ids : ids.filter((id) => id < below);
      // As one string: thousands of values are more than a statement accepts.
      return older.length === 0 ? [] : read(listed(`CAST(${own.add(`{${older.join()}}`)} AS uuid[])`, index), own);
    });
  let newest = within || enough > PROBED ? [] : await amongNewest(source, index, words, PROBED);
  if (newest.length < enough && newest.length * COMMON >= PROBED)
    newest = await amongNewest(source, index, words, 6 * PROBED);
  const first = newest.length < enough ? [] : newest.slice(0, wanted.beginning ? newest.length : enough);
  if ((await readOf(first.slice(0, enough))) || (await readOf(first.slice(enough)))) return found.rows;
  const known = new Set(first);
  const rest = (await allWithWords(source, index, words, within)).filter((id) => !known.has(id));
  if (!(await readOf(rest.slice(0, FEW)))) await readOf(rest.slice(FEW));
  return found.rows;
}

/** The rows read so far, from the newest text on. */
class Newest<T> {
  private readonly all: T[] = [];

  constructor(private readonly wanted: Wanted<T>) {}

  get rows(): T[] {
    const { enough, beginning } = this.wanted;
    const { all } = this;
    if (!beginning) return all.slice(0, enough);
    const { since } = beginning;
    const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? 1 : -1);
    return all.sort((one, other) => compare(since(one), since(other))).slice(0, enough);
  }

  /**
   * Adds what `read` returns: the texts older than the one with this id, as many as are `enough`; again until those that
   * were left can no longer be among the rows. Returns whether that is so. `last` is the oldest that `read` considers.
   */
  async add(last: string | undefined, read: (below: string | undefined) => Promise<T[]>): Promise<boolean> {
    const { enough, beginning } = this.wanted;
    for (let below: string | undefined; ;) {
      const more = await read(below);
      this.all.push(...more);
      const isCut = more.length >= enough;
      below = isCut ? beginning?.at(more.at(-1)!) : last;
      if (this.isSettled(below)) return true;
      if (!isCut) return false;
    }
  }

  /** Whether no text older than this one can belong to the rows. */
  private isSettled(below: string | undefined): boolean {
    const { enough, beginning } = this.wanted;
    if (this.all.length < enough) return false;
    return !beginning || (below !== undefined && beginning.since(this.rows[enough - 1]!) >= below);
  }
}

/** The newest records, of which each has its words looked up; those with the words, newest first. */
async function amongNewest(
  source: Source,
  { subjects, texts, column, id }: RecordIndex,
  words: SearchedWord[],
  newest: number,
): Promise<string[]> {
  const params = new Params();
  const found = await rows<{ id: string }>(
    source,
    `SELECT x."id" FROM (SELECT n."id" FROM "${subjects}" n ORDER BY n."id" DESC LIMIT ${newest}) x
       CROSS JOIN LATERAL (SELECT y."${column}Words" AS "words" FROM "${texts}" y WHERE y."${id}" = x."id" OFFSET 0) t
     WHERE t."words" @@ CAST(${params.add(toTsquery(words))} AS tsquery) ORDER BY x."id" DESC`,
    params.values,
  );
  return found.map((one) => one.id);
}

/** The ids of all records with the words, newest first. */
async function allWithWords(
  source: Source,
  index: RecordIndex,
  words: SearchedWord[],
  within?: (params: Params) => Within,
): Promise<string[]> {
  const { subjects, alias } = index;
  const params = new Params();
  const { from, where, id } = withWords(source, index, words, params);
  const few = within?.(params) ?? { join: '', where: 'TRUE' };
  const found = await rows<{ id: string }>(
    source,
    `SELECT ${alias}."id" FROM ${from} JOIN "${subjects}" ${alias} ON ${alias}."id" = ${id} ${few.join}
     WHERE ${where} AND ${few.where} ORDER BY ${alias}."id" DESC`,
    params.values,
  );
  return found.map((one) => one.id);
}

/** The texts with these ids, each looked up by its id: PostgreSQL would otherwise prefer to scan thousands. */
const listed = (ids: string, { id }: WordIndex): WordMatches => ({
  from: `unnest(${ids}) AS t("${id}")`,
  where: 'TRUE',
  id: `t."${id}"`,
  newestFirst: `t."${id}" DESC`,
});

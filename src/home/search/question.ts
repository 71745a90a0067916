import type { Caller } from '../../platform/access/caller.js';
import type { Source } from '../../platform/database/rows.js';

/** One search, as passed to each source. */
export interface Question {
  source: Source;
  caller: Caller;
  text: string;
  /** The words of the text, without case and accents. */
  words: string[];
  /** The areas to search in; undefined for all. */
  areas: string[] | undefined;
}

/** A source looks for at most this many, the newest, plus one to know whether there are more. */
export const MOST_HITS = 100;
export const LIMIT = `LIMIT ${MOST_HITS + 1}`;

import type { Caller } from '../../platform/access/caller.js';
import type { Source } from '../../platform/database/rows.js';

/** One search, as each source answers it. */
export interface Question {
  source: Source;
  caller: Caller;
  text: string;
  /** The words of the text, without case and accents. */
  words: string[];
  /** The areas to search in; undefined for all. */
  areas: string[] | undefined;
}

/** A source looks for no more than this, the newest, and for one more to know whether there are others. */
export const MOST_HITS = 100;
export const LIMIT = `LIMIT ${MOST_HITS + 1}`;

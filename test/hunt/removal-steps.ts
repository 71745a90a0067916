import { addDays } from '../../src/platform/common/calendar-date.js';
import type { Random } from './random.js';
import type { Ask } from './world.js';

/** A note of an agenda item with a word that occurs nowhere else. */
export interface Note {
  item: string;
  session: string;
  word: string;
}

/** A request after which these words must be nowhere, if it succeeds. */
export interface Removal extends Ask {
  words: readonly string[];
  /** The item whose number has to be filled in in the passage. */
  item?: string;
}

const minutesOf = (session: string): string => `/v1/sessions/$${session}/minutes`;

/** Redacts the word of a note in minutes that were sent. */
export function redactionOf({ item, session, word }: Note): Removal {
  const path = `${minutesOf(session)}/redaction`;
  return { who: 'chair', method: 'put', path, tagOf: minutesOf(session), words: [word], item };
}

export function destructionOf(session: string, notes: readonly Note[]): Removal {
  const words = notes.filter((note) => note.session === session).map(({ word }) => word);
  const body = { ground: 'Selectielijst gemeenten 2020' };
  const path = `${minutesOf(session)}/destruction`;
  return { who: 'chair', method: 'put', path, tagOf: minutesOf(session), body, words };
}

export function erasureOf(person: number): Removal {
  const path = `/v1/people/$person${person}`;
  const body = { ground: 'Artikel 17 AVG' };
  const words = [`functionaris-${person}-partner`, `functionaris${person}@`];
  return { who: 'admin', method: 'put', path: `${path}/erasure`, tagOf: path, body, words };
}

/** A Monday some months later. */
export function mondayAfter(today: string, random: Random): string {
  const far = addDays(today, 120 + random.below(200));
  return addDays(far, (8 - new Date(`${far}T12:00:00Z`).getUTCDay()) % 7);
}

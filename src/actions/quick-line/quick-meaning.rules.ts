import type { DueKind } from '../action.entity.js';

/** `sure`: explicit; `likely`: an interpretation of loose words; `doubtful`: contradictory, or in the past. */
export type Certainty = 'sure' | 'likely' | 'doubtful';

/** The meaning of a deadline's words on a day. */
export interface Meaning {
  kind: DueKind;
  dueOn: string | null;
  certainty: Certainty;
}

export type Reader = (match: RegExpExecArray, day: string) => Meaning | undefined;

/** Prepositions and the like before a deadline, which only mark it as one. */
export const LEAD = String.raw`(?:\b(?:uiterlijk|vóór|voor|per|op|tegen|tot|deadline:?|gereed|klaar|af|start|rond|nog|weekend(?:\s+van)?)\s+)*`;
/** Where a deadline without a preposition can begin: at the start, or after a comma or the like. */
export const SET_OFF = String.raw`(?:^|[,;.]\s*|\s[-\u2013\u2014]\s)`;

export const asDate = (dueOn: string, certainty: Certainty) => ({ kind: 'date' as const, dueOn, certainty });
export const yearOf = (day: string): number => Number(day.slice(0, 4));

/** A weekday before a date, in full or as two letters. */
export const WEEKDAY = String.raw`(?:\b(zo|ma|di|wo|do|vr|za)(?:ndag|andag|nsdag|ensdag|nderdag|ijdag|terdag)?\.?\s+)?`;
export const WEEKDAYS = ['zo', 'ma', 'di', 'wo', 'do', 'vr', 'za'];

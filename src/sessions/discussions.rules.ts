import type { Action } from '../actions/action.entity.js';
import { isOverdue, isRunning, statusOn } from '../actions/overdue.rules.js';
import { isClosed } from '../actions/statuses.rules.js';
import type { DiscussionKind, DiscussionOutcome } from '../actions/discussions/discussion.entity.js';
import { compareNaturally } from '../platform/spelling/natural-order.js';

export const SECTIONS = ['urgent', 'rest', 'reported_done'] as const;
/** @schema DiscussionSection */
export type Section = (typeof SECTIONS)[number];

export type DiscussedAction = Pick<
  Action,
  'number' | 'status' | 'resumeOn' | 'dueOn' | 'checkOn' | 'closedOn' | 'isHandedBack'
> & {
  /** The escalation steps that are new to this meeting. */
  escalations?: readonly unknown[];
  /** Who asked to discuss it; null if nobody has since it was last discussed. */
  asked?: object | null;
};

export type Discussed = DiscussedAction & { kind: DiscussionKind; outcome: DiscussionOutcome | null };

/** The days by which actions are judged: that of the session, and `nextOn`, that of the next one, null while none is planned. */
export interface Days {
  today: string;
  heldOn: string;
  nextOn: string | null;
}

/**
 * The urgency of an unfinished action at a session: 0 somebody asked to discuss it, 1 overdue, 2 on or past its check date
 * (usually the day of the session itself), 3 blocked or escalated, 4 handed back, 5 due before the next session; null if it
 * need not be discussed.
 */
export function urgencyOf(action: DiscussedAction, { today, nextOn }: Days): number | null {
  const status = statusOn(action, today);
  if (action.asked && !isClosed(status)) return 0;
  if (isOverdue(action, today)) return 1;
  const runs = isRunning(action, today);
  if (runs && action.checkOn !== null && action.checkOn <= today) return 2;
  const isEscalated = !isClosed(status) && (action.escalations?.length ?? 0) > 0;
  if (status === 'blocked' || isEscalated) return 3;
  if (action.isHandedBack) return 4;
  if (runs && action.dueOn !== null && nextOn !== null && action.dueOn < nextOn) return 5;
  return null;
}

/**
 * Finished by the day of the session: since the last one, or since the opening but not by an answer in this session.
 */
const isReported = ({ kind, outcome, closedOn }: Discussed, { heldOn }: Days): boolean =>
  closedOn !== null &&
  closedOn <= heldOn &&
  (kind === 'reported_done' || (outcome !== 'updated' && outcome !== 'discussed'));

export function sectionOf(action: Discussed, days: Days): Section {
  if (isReported(action, days)) return 'reported_done';
  return urgencyOf(action, days) === null ? 'rest' : 'urgent';
}

/**
 * The order of discussion: urgent ones by urgency and then longest waiting first, the rest by deadline, then those that
 * are done.
 */
export function inOrderOfUrgency<T extends Discussed>(actions: readonly T[], days: Days): (T & { section: Section })[] {
  const ranked = actions.map((action) => {
    const section = sectionOf(action, days);
    const urgency = section === 'urgent' ? urgencyOf(action, days)! : 0;
    return { row: { ...action, section }, key: [SECTIONS.indexOf(section), urgency] as const };
  });
  ranked.sort((a, b) => {
    const byKey = a.key[0] - b.key[0] || a.key[1] - b.key[1];
    return byKey || compare(waitingSince(a.row), waitingSince(b.row)) || compareNaturally(a.row.number, b.row.number);
  });
  return ranked.map(({ row }) => row);
}

/** The date by which it should have progressed; actions without one come last. */
function waitingSince({ dueOn, checkOn }: DiscussedAction): string {
  return dueOn ?? checkOn ?? '9999-12-31';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import type { Action } from '../actions/action.entity.js';
import { isOverdue, isRunning, statusOn } from '../actions/overdue.rules.js';
import { isClosed } from '../actions/statuses.rules.js';
import type { DiscussionKind } from '../actions/discussions/discussion.entity.js';

export const SECTIONS = ['urgent', 'rest', 'reported_done'] as const;
export type Section = (typeof SECTIONS)[number];

export type DiscussedAction = Pick<Action, 'number' | 'status' | 'resumeOn' | 'dueOn' | 'checkOn' | 'isHandedBack'> & {
  /** The escalation steps that this meeting does not know of yet. */
  escalations?: readonly unknown[];
};

/** The days that determine urgency; `nextOn` is the day of the next session, null while none is planned. */
export interface Days {
  today: string;
  nextOn: string | null;
}

/**
 * The urgency of an unfinished action at a session: 0 overdue, 1 on or past its check date (usually the day of the
 * session itself), 2 blocked or escalated, 3 handed back, 4 due before the next session; null if it need not be
 * discussed.
 */
export function urgencyOf(action: DiscussedAction, { today, nextOn }: Days): number | null {
  const status = statusOn(action, today);
  if (isOverdue(action, today)) return 0;
  const runs = isRunning(action, today);
  if (runs && action.checkOn !== null && action.checkOn <= today) return 1;
  const isEscalated = !isClosed(status) && (action.escalations?.length ?? 0) > 0;
  if (status === 'blocked' || isEscalated) return 2;
  if (action.isHandedBack) return 3;
  if (runs && action.dueOn !== null && nextOn !== null && action.dueOn < nextOn) return 4;
  return null;
}

export function sectionOf(kind: DiscussionKind, action: DiscussedAction, days: Days): Section {
  if (kind === 'reported_done') return 'reported_done';
  return urgencyOf(action, days) === null ? 'rest' : 'urgent';
}

/** The order of discussion: urgent ones by urgency, then longest waiting; the rest by deadline; then what is done. */
export function inOrderOfUrgency<T extends DiscussedAction & { kind: DiscussionKind }>(
  actions: readonly T[],
  days: Days,
): (T & { section: Section })[] {
  const ranked = actions.map((action) => {
    const section = sectionOf(action.kind, action, days);
    const urgency = section === 'urgent' ? urgencyOf(action, days)! : 0;
    return { row: { ...action, section }, key: [SECTIONS.indexOf(section), urgency] as const };
  });
  ranked.sort((a, b) => {
    const byKey = a.key[0] - b.key[0] || a.key[1] - b.key[1];
    return byKey || compare(waitingSince(a.row), waitingSince(b.row)) || compareNumbers(a.row.number, b.row.number);
  });
  return ranked.map(({ row }) => row);
}

/** The date by which it should have progressed; actions without one come last. */
function waitingSince({ dueOn, checkOn }: DiscussedAction): string {
  return dueOn ?? checkOn ?? '9999-12-31';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** `BOS-9` comes before `BOS-10`. */
const { compare: compareNumbers } = new Intl.Collator('nl', { numeric: true });

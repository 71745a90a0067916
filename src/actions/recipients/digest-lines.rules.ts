import { addDays } from '../../platform/common/calendar-date.js';
import type { ActionStatus } from '../action.entity.js';
import { isOverdue, isRunning } from '../overdue.rules.js';
import { compareNaturally } from '../../platform/spelling/natural-order.js';
import { inOneLine } from '../../platform/rendering/text.js';

/** The facts of a line. */
export interface LineFacts {
  actionId: string;
  number: string;
  title: string;
  areaId: string;
  areaName: string;
  status: ActionStatus;
  resumeOn: string | null;
  dueOn: string | null;
  checkOn: string | null;
  isConfidential: boolean;
  sessionOn: string | null;
}

/** Why an action is in a digest. Only overdue ones cause a mail; the others are included with them. */
export type LineReason = 'overdue' | 'due_soon' | 'status_asked';

const MOST_LINES = 25;
export const SOON_DAYS = 7;

/** Why an open action is in the digest of its owner on that day; null if it is not. */
export function reasonFor(
  line: Pick<LineFacts, 'status' | 'resumeOn' | 'dueOn' | 'checkOn'>,
  today: string,
): LineReason | null {
  if (!isRunning(line, today)) return null;
  if (isOverdue(line, today)) return 'overdue';
  if (line.dueOn !== null) return line.dueOn <= addDays(today, SOON_DAYS) ? 'due_soon' : null;
  return line.checkOn !== null && line.checkOn < today ? 'status_asked' : null;
}

/** By area, then deadline, then number. */
export function inOrder<T extends Pick<LineFacts, 'areaName' | 'dueOn' | 'number'>>(lines: readonly T[]): T[] {
  return lines.toSorted(
    (a, b) =>
      (a.areaName === b.areaName ? 0 : compareNaturally(a.areaName, b.areaName)) ||
      byDeadline(a, b) ||
      compareNaturally(a.number, b.number),
  );
}

/** If there are more than 25 lines, the 25 longest overdue in order, and the number left out. */
export function longestOverdue<T extends Pick<LineFacts, 'areaName' | 'dueOn' | 'number'>>(
  lines: readonly T[],
): { shown: T[]; more: number } {
  if (lines.length <= MOST_LINES) return { shown: inOrder(lines), more: 0 };
  const longest = lines.toSorted((a, b) => byDeadline(a, b) || compareNaturally(a.number, b.number));
  const shown = inOrder(longest.slice(0, MOST_LINES));
  return { shown, more: lines.length - shown.length };
}

function byDeadline(a: Pick<LineFacts, 'dueOn'>, b: Pick<LineFacts, 'dueOn'>): number {
  const [one, other] = [a.dueOn ?? '9999', b.dueOn ?? '9999'];
  return one < other ? -1 : Number(one > other);
}

const MOST_PLACES = 3;

/**
 * Facts for the subject: how many actions are overdue, as in the heading and on the page, and where. The area of a
 * confidential one is not named, because subjects are shown on locked phones.
 */
export function subjectFacts(overdue: readonly Pick<LineFacts, 'areaName' | 'isConfidential'>[]): {
  count: number;
  places: string;
} {
  const open = overdue.filter(({ isConfidential }) => !isConfidential);
  const places = [...new Set(open.map(({ areaName }) => areaName))].sort(compareNaturally);
  return { count: overdue.length, places: inWords(places) };
}

/** "Boskoop en Zwammerdam"; of more than three places the first two and the number of others. */
export function inWords(places: readonly string[]): string {
  if (places.length <= MOST_PLACES) return inOneLine(places);
  return inOneLine([...places.slice(0, 2), `${places.length - 2} andere gebieden`]);
}

import { dayOf } from '../../platform/common/calendar-date.js';
import { dayInSession } from '../../meetings/sessions.rules.js';
import type { QuestionOutcome } from '../../questions/question.entity.js';

/** A question of the period, with its outcome as known; null while it was open. */
export interface AskedRow {
  outcome: QuestionOutcome | null;
  /** When that was entered: a moment. */
  recordedAt: string | null;
  /** The day of the session in which that was done, if it was. */
  heldOn: string | null;
  /** Its deadline when it got that outcome. */
  dueOn: string | null;
}

const TAKEN_UP: readonly (QuestionOutcome | null)[] = ['agenda_item', 'action', 'initiative'];

/**
 * The questions asked in the period, and their outcomes as of the last day. The day of the deadline itself is in time.
 */
export function questionFiguresOf(asked: readonly AskedRow[]) {
  const settled = asked.filter(({ outcome }) => outcome !== null);
  const dayOfOutcome = ({ heldOn, recordedAt }: AskedRow): string => {
    const day = dayOf(recordedAt!);
    return heldOn === null ? day : dayInSession({ heldOn }, day);
  };
  return {
    asked: asked.length,
    /** Those with any outcome. */
    answered: settled.length,
    answeredInTime: settled.filter((one) => dayOfOutcome(one) <= one.dueOn!).length,
    /** Those that became an agenda item, an action or an initiative. */
    takenUp: settled.filter(({ outcome }) => TAKEN_UP.includes(outcome)).length,
  };
}

import { dayOf } from '../../platform/common/calendar-date.js';
import type { QuestionOutcome } from '../../questions/question.entity.js';

/** A question of the period, with the outcome that was known of it; null while it was open. */
export interface AskedRow {
  outcome: QuestionOutcome | null;
  /** When that was entered: a moment. */
  recordedAt: string | null;
  /** The day of the session in which it was, if it was in one. */
  heldOn: string | null;
  /** Its term when it got that outcome. */
  dueOn: string | null;
}

const TAKEN_UP: readonly (QuestionOutcome | null)[] = ['agenda_item', 'action', 'initiative'];

/** What was asked in the period, and what had come of it on the last day. A question is in time on the day of its term. */
export function questionFiguresOf(asked: readonly AskedRow[]) {
  const settled = asked.filter(({ outcome }) => outcome !== null);
  const dayOfOutcome = ({ heldOn, recordedAt }: AskedRow): string => {
    const day = dayOf(recordedAt!);
    return heldOn !== null && heldOn < day ? heldOn : day;
  };
  return {
    asked: asked.length,
    /** With an outcome, whatever it is. */
    answered: settled.length,
    answeredInTime: settled.filter((one) => dayOfOutcome(one) <= one.dueOn!).length,
    /** That became an agenda item, an action or an initiative. */
    takenUp: settled.filter(({ outcome }) => TAKEN_UP.includes(outcome)).length,
  };
}

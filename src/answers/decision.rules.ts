import { isCalendarDate } from '../common/calendar-date.js';
import { withoutControls } from '../common/input.js';

export interface DecisionForm {
  decision: string;
  date: string;
}

const LONGEST = 2000;

/** The fields of a form post; whatever is no text counts as left empty. */
export function toDecisionForm(body: unknown): DecisionForm {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof fields[name] === 'string' ? (fields[name] as string).trim() : '');
  return { decision: withoutControls(text('decision')), date: text('date') };
}

/** What is missing in a decision, in Dutch; null when it is complete. */
export function decisionProblem({ decision, date }: DecisionForm): string | null {
  if (decision === '') return 'Schrijf wat u besluit.';
  if (decision.length > LONGEST || !decision.isWellFormed())
    return `Het besluit is te lang: hoogstens ${LONGEST} tekens.`;
  return isCalendarDate(date) ? null : 'Kies een bestaande datum waarop het klaar moet zijn.';
}

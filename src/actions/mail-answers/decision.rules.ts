import { isCalendarDate } from '../../platform/common/calendar-date.js';
import { withoutControls } from '../../platform/common/input.js';
import { type FormProblem, problemWith } from '../../platform/rendering/form-problem.js';

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

/** Everything that is missing in a decision; null when it is complete. */
export function decisionProblem({ decision, date }: DecisionForm): FormProblem | null {
  const byField: Record<string, string> = {};
  if (decision === '') byField.decision = 'Schrijf wat u besluit.';
  else if (decision.length > LONGEST || !decision.isWellFormed())
    byField.decision = `Het besluit is te lang: hoogstens ${LONGEST} tekens.`;
  if (!isCalendarDate(date)) byField.date = 'Kies een bestaande datum waarop het klaar moet zijn.';
  return Object.keys(byField).length > 0 ? problemWith(byField) : null;
}

import { isCalendarDate } from '../../platform/common/calendar-date.js';
import { withoutControls } from '../../platform/common/input.js';
import { type FormProblem, problemWith } from '../../platform/rendering/form-problem.js';
import type { Fields } from '../../web/forms.js';

export interface DecisionForm {
  decision: string;
  date: string;
}

const LONGEST = 2000;

export const toDecisionForm = ({ decision = '', date = '' }: Fields): DecisionForm => ({
  decision: withoutControls(decision),
  date,
});

/** Everything missing in a decision; null if it is complete. */
export function decisionProblem({ decision, date }: DecisionForm): FormProblem | null {
  const byField: Record<string, string> = {};
  if (decision === '') byField.decision = 'Schrijf wat u besluit.';
  else if (decision.length > LONGEST || !decision.isWellFormed())
    byField.decision = `Het besluit is te lang: hoogstens ${LONGEST} tekens.`;
  if (!isCalendarDate(date)) byField.date = 'Kies een bestaande datum waarop het klaar moet zijn.';
  return Object.keys(byField).length > 0 ? problemWith(byField) : null;
}

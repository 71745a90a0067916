import { isCalendarDate } from '../../platform/common/calendar-date.js';
import { withoutControls } from '../../platform/common/input.js';
import { type FormProblem, problemWith } from '../../platform/rendering/form-problem.js';
import type { Fields } from '../../web/forms.js';
import { STATUS_WORDS } from '../words.js';
import type { Asked } from './decisions.service.js';

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

export const DECISION_PAGE = 'actions/pages/decision';

/** The page on which a decision is given, behind the link in a mail and for a person who is signed in. */
export const toDecisionView = (asked: Asked, form?: DecisionForm, problem: FormProblem | null = null) => ({
  title: asked.decision === null ? 'Uw besluit gevraagd' : 'Uw besluit',
  problem,
  form: { form: 'formulier', errors: problem?.byField ?? {} },
  name: asked.name,
  askedBy: asked.askedBy,
  number: asked.number,
  what: asked.title,
  areaName: asked.areaName,
  ownerName: asked.ownerName,
  dueOn: asked.dueOn,
  paragraphs: asked.text.split(/\n+/),
  decided: asked.decision,
  decidedFor: asked.decidedFor,
  finished: asked.decision === null && asked.closedOn !== null ? STATUS_WORDS[asked.status] : null,
  decision: form?.decision ?? '',
  wantedDate: form?.date ?? '',
});

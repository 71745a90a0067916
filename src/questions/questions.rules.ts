import { addDays } from '../platform/common/calendar-date.js';
import type { FieldError } from '../platform/common/problems.js';
import type { Question, QuestionOutcome } from './question.entity.js';
import type { SettleQuestionDto } from './questions.dto.js';

/** An answer is due in six weeks, unless it is to be answered by the next session. */
const DAYS_TO_ANSWER = 42;
/** A question is shown to its chair this many days before its deadline. */
const DAYS_BEFORE_TERM = 7;

export const dueAfter = (askedOn: string): string => addDays(askedOn, DAYS_TO_ANSWER);
/** The latest deadline of the questions that a chair is shown on a day. */
export const nearingUntil = (today: string): string => addDays(today, DAYS_BEFORE_TERM);

/** The fields of each outcome. */
export const OUTCOME_FIELDS: Record<QuestionOutcome, readonly (keyof SettleQuestionDto)[]> = {
  agenda_item: ['agendaItemId', 'onAgendaOfId'],
  action: ['actionId'],
  initiative: ['initiativeId'],
  answered: ['answer'],
  declined: ['answer'],
  passed_on: ['passedTo', 'reference', 'answer'],
};
/** The required field, and the code of its violation if it has one. */
const NEEDED: Record<QuestionOutcome, [field: keyof SettleQuestionDto, message: string, code?: string]> = {
  agenda_item: ['onAgendaOfId', 'onAgendaOfId is required, or agendaItemId'],
  action: ['actionId', 'actionId is required'],
  initiative: ['initiativeId', 'initiativeId is required'],
  answered: ['answer', 'answer is required', 'ANSWER_REQUIRED'],
  declined: ['answer', 'answer is required: the reason why it is not taken up', 'REASON_REQUIRED'],
  passed_on: ['passedTo', 'passedTo is required'],
};
const ALL = [...new Set(Object.values(OUTCOME_FIELDS).flat())];

/** What is missing from an outcome, and what does not belong to it. */
export function outcomeViolations(input: SettleQuestionDto): FieldError[] {
  const { outcome } = input;
  const [field, message, code] = NEEDED[outcome];
  const isNamed = OUTCOME_FIELDS[outcome].filter((name) => name !== 'reference' && input[name] !== undefined);
  const lacks = outcome === 'agenda_item' ? isNamed.length !== 1 : input[field] === undefined;
  const violations: FieldError[] = lacks ? [{ field, message, ...(code && { code }) }] : [];
  const surplus = ALL.filter((name) => input[name] !== undefined && !OUTCOME_FIELDS[outcome].includes(name));
  return [...violations, ...surplus.map((name) => ({ field: name, message: `${name} does not belong to ${outcome}` }))];
}

/** The id of the record that a question became, if any. */
export const subjectOf = ({
  agendaItemId,
  actionId,
  initiativeId,
}: Pick<Question, 'agendaItemId' | 'actionId' | 'initiativeId'>) => agendaItemId ?? actionId ?? initiativeId;

/** A question without an outcome. */
export const UNSETTLED = {
  ...{ outcome: null, agendaItemId: null, actionId: null, initiativeId: null },
  ...{ answer: null, passedTo: null, reference: null, settledOn: null, settledInId: null },
} as const;

import { isCalendarDate } from '../../platform/common/calendar-date.js';
import { withoutControls } from '../../platform/common/input.js';
import type { Fields } from '../../web/forms.js';
import type { CreateUpdateDto } from '../action-updates.dto.js';

/** The choices on the page; the words behind them stand in `ANSWER_CHOICES`. */
export const ANSWER_CHOICES = [
  { value: 'in_progress', label: 'Loopt' },
  { value: 'done', label: 'Gereed' },
  { value: 'partly', label: 'Gereed, deels gelukt' },
  { value: 'blocked', label: 'Stokt' },
  { value: 'cancelled', label: 'Vervalt' },
  { value: 'not_ours', label: 'Niet voor ons' },
] as const;
type Choice = (typeof ANSWER_CHOICES)[number]['value'];

/** What was filled in for one action; empty where it was left. */
export interface Answer {
  actionId: string;
  status: string;
  line: string;
  dueOn: string;
}

/** The names of an action's fields on the page. */
export const fieldsOf = (actionId: string) => ({
  status: `status-${actionId}`,
  line: `line-${actionId}`,
  dueOn: `due-${actionId}`,
});

/** The answers of a form post about these actions. An action of which nothing was filled in is left alone. */
export function toAnswers(fields: Fields, actionIds: readonly string[]): Answer[] {
  const text = (name: string) => fields[name] ?? '';
  return actionIds
    .map((actionId) => {
      const names = fieldsOf(actionId);
      return { actionId, status: text(names.status), line: text(names.line), dueOn: text(names.dueOn) };
    })
    .filter(({ status, line, dueOn }) => status !== '' || line !== '' || dueOn !== '');
}

const LONGEST_LINE = 2000;
const NEEDS_LINE = new Set<string>(['blocked', 'cancelled', 'not_ours']);

/** Why an answer is not taken, in Dutch, and the field it is about; null when it is the answer as a whole. */
export interface Refusal {
  field: keyof ReturnType<typeof fieldsOf> | null;
  problem: string;
}

/** What a person can say about an action on the answer page. */
export type AnswerChange = Pick<
  CreateUpdateDto,
  'status' | 'reason' | 'result' | 'realisation' | 'dueOn' | 'handBack' | 'comment'
>;

/** What the answer asks to change, or what is missing. `agreedOn` is the deadline as it stands. */
export function changeOf(answer: Answer, today: string, agreedOn: string | null): { change: AnswerChange } | Refusal {
  const line = withoutControls(answer.line).trim();
  const status = ANSWER_CHOICES.find(({ value }) => value === answer.status)?.value;
  if (answer.status !== '' && status === undefined) return refusal('status', 'Kies een van de mogelijkheden.');
  if (!status && !line && !answer.dueOn) return refusal('status', 'Kies hoe het staat, of schrijf een toelichting.');
  if (line.length > LONGEST_LINE)
    return refusal('line', `De toelichting is te lang: hoogstens ${LONGEST_LINE} tekens.`);
  if (!line.isWellFormed()) return refusal('line', 'In de toelichting staat een teken dat wij niet kunnen lezen.');
  if (answer.dueOn !== '' && !isCalendarDate(answer.dueOn))
    return refusal('dueOn', 'De latere datum is geen bestaande datum.');
  if (answer.dueOn !== '' && answer.dueOn < today) return refusal('dueOn', 'De latere datum is al voorbij.');
  if (answer.dueOn !== '' && agreedOn !== null && answer.dueOn <= agreedOn)
    return refusal('dueOn', 'Deze datum is niet later dan wat nu is afgesproken.');
  if (answer.dueOn !== '' && status !== undefined && status !== 'in_progress' && status !== 'blocked')
    return refusal('dueOn', 'Een latere datum kan alleen bij een actie die doorloopt.');
  if (!line && (NEEDS_LINE.has(status ?? '') || answer.dueOn !== ''))
    return refusal('line', 'Schrijf erbij waarom, dan weten de anderen waar zij aan toe zijn.');
  return { change: toChange(status, line, answer.dueOn) };
}

const refusal = (field: Refusal['field'], problem: string): Refusal => ({ field, problem });

function toChange(status: Choice | undefined, line: string, dueOn: string): AnswerChange {
  const due = dueOn === '' ? {} : { dueOn };
  if (status === 'not_ours') return { handBack: true, reason: line };
  if (status === 'done' || status === 'partly')
    return { status: 'done', realisation: status === 'done' ? 'full' : 'partial', ...(line && { result: line }) };
  if (status === 'blocked' || status === 'cancelled') return { status, reason: line, ...due };
  const words = dueOn === '' ? { ...(line && { comment: line }) } : { reason: line };
  return { ...(status && { status }), ...words, ...due };
}

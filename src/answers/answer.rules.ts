import { isCalendarDate } from '../common/calendar-date.js';
import type { CreateUpdateDto } from '../actions/action-updates.dto.js';

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

export interface AnswerForm {
  actionId: string;
  status: string;
  line: string;
  dueOn: string;
}

/** The fields of a form post; whatever is no text counts as left empty. */
export function toAnswerForm(body: unknown): AnswerForm {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof fields[name] === 'string' ? (fields[name] as string).trim() : '');
  return { actionId: text('action').toLowerCase(), status: text('status'), line: text('line'), dueOn: text('dueOn') };
}

const LONGEST_LINE = 2000;
const NEEDS_LINE = new Set<string>(['blocked', 'cancelled', 'not_ours']);

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** What a person can say about an action on the answer page. */
export type AnswerChange = Pick<
  CreateUpdateDto,
  'status' | 'reason' | 'result' | 'realisation' | 'dueOn' | 'handBack' | 'comment'
>;

/** What the form asks to change, or in Dutch what is missing. */
export function changeOf(form: AnswerForm): { change: AnswerChange } | { problem: string } {
  const line = form.line.replace(CONTROL, '').trim();
  const status = ANSWER_CHOICES.find(({ value }) => value === form.status)?.value;
  if (form.status !== '' && status === undefined) return { problem: 'Kies een van de mogelijkheden.' };
  if (!status && !line && !form.dueOn) return { problem: 'Kies hoe het staat, of schrijf een toelichting.' };
  if (line.length > LONGEST_LINE) return { problem: `De toelichting is te lang: hoogstens ${LONGEST_LINE} tekens.` };
  if (form.dueOn !== '' && !isCalendarDate(form.dueOn)) return { problem: 'De latere datum is geen bestaande datum.' };
  if (form.dueOn !== '' && status !== undefined && status !== 'in_progress' && status !== 'blocked')
    return { problem: 'Een latere datum kan alleen bij een actie die doorloopt.' };
  if (!line && (NEEDS_LINE.has(status ?? '') || form.dueOn !== ''))
    return { problem: 'Schrijf erbij waarom, dan weten de anderen waar zij aan toe zijn.' };
  return { change: toChange(status, line, form.dueOn) };
}

function toChange(status: Choice | undefined, line: string, dueOn: string): AnswerChange {
  const due = dueOn === '' ? {} : { dueOn };
  if (status === 'not_ours') return { handBack: true, reason: line };
  if (status === 'done' || status === 'partly')
    return { status: 'done', realisation: status === 'done' ? 'full' : 'partial', ...(line && { result: line }) };
  if (status === 'blocked' || status === 'cancelled') return { status, reason: line, ...due };
  const words = dueOn === '' ? { ...(line && { comment: line }) } : { reason: line };
  return { ...(status && { status }), ...words, ...due };
}

import { isId } from '../../platform/common/ids.js';
import { type FieldError, invalid } from '../../platform/common/problems.js';
import { problemAsAWhole } from '../../platform/rendering/form-problem.js';
import { PHOTO_HINT } from '../../files/words.js';
import { type Fields, type RejectedForm, toInput } from '../../web/forms.js';
import type { ActionStatus } from '../action.entity.js';
import { CreateUpdateDto } from '../history/action-updates.dto.js';
import { type Answer, ANSWERS, AT_TABLE, needsReason, OPEN_STATUSES } from '../statuses.rules.js';
import { type LaterDate, MORE_TIME, NEXT_SESSION, UNKNOWN } from './later-dates.rules.js';
import { ANSWER_WORDS, NOT_ANSWERABLE, STANDING_HINTS, statusSentence, UNCHANGED_WORDS } from '../words.js';

/** Where the form is used. For one action among many, the status may stay unchanged, or the row may be empty. */
interface Place {
  answers: readonly Answer[];
  isAmongMany: boolean;
  /** The text is stored with the discussion at the table; only what an answer requires is also stored in the action. */
  hasNotes: boolean;
}
export const ALONE: Place = { answers: ANSWERS, isAmongMany: false, hasNotes: false };
export const AMONG_MANY: Place = { answers: ANSWERS, isAmongMany: true, hasNotes: false };
export const MEETING: Place = { answers: AT_TABLE, isAmongMany: false, hasNotes: true };

/** The input for one action. */
export interface FilledRow {
  id: string;
  /** The version of the action as shown; 0 if the form does not contain it. */
  version: number;
  fields: Fields;
}
/** The rejected form of one action, shown again with what was typed. */
export interface RejectedAnswer extends RejectedForm {
  id: string;
}

const FIELD = /^(status|line|day|when|version)-(.+)$/;

/** The actions with input in a posted form: `status-<id>`, `line-<id>`, `day-<id>`, `when-<id>`. */
export function filledRows(fields: Fields): FilledRow[] {
  const found = new Map<string, Fields>();
  for (const [name, value] of Object.entries(fields)) {
    const [, part, id = ''] = FIELD.exec(name) ?? [];
    if (part && isId(id)) found.set(id, { ...found.get(id), [part]: value });
  }
  return [...found]
    .map(([id, { version = '', ...said }]) => ({ id, version: Number(version), fields: said }))
    .filter(({ fields: said }) => Object.values(said).some((value) => value !== ''));
}

/** The form of one action as input of the API. Throws the API's 400 for what is missing. */
export function toUpdate({ status = '', line = '', day = '', when = '' }: Fields, place: Place): CreateUpdateDto {
  if (status === 'in_progress' && day === '' && isLater(when)) return toInput(CreateUpdateDto, untilLater(when, line));
  const missing = missingIn(status, line, day, place);
  if (missing.length > 0) throw invalid(missing);
  const { comment, ...update } = asked(status as Answer | '', line, day);
  return toInput(CreateUpdateDto, place.hasNotes ? update : { comment, ...update });
}

const isLater = (when: string): boolean => when !== '' && when !== UNKNOWN;

/**
 * "Loopt" with its answer to "Wanneer is het klaar?"; a day other than those offered is checked by the API's own rule.
 */
function untilLater(when: string, line: string): Partial<CreateUpdateDto> {
  const reason = line.trim() === '' ? MORE_TIME : line;
  const until = when === NEXT_SESSION ? ({ dueKind: NEXT_SESSION } as const) : { laterDueOn: when };
  return { status: 'in_progress', reason, ...until };
}

function missingIn(status: string, line: string, day: string, { answers, isAmongMany }: Place): FieldError[] {
  const isKnown = answers.some((answer) => answer === status) || (status === '' && isAmongMany);
  if (!isKnown) return [{ field: 'status', message: 'status must be one of the choices of the form' }];
  if (day !== '') return [];
  if (status === 'later')
    return [
      { field: 'laterDueOn', message: 'laterDueOn is required' },
      ...(line.trim() === '' ? [{ field: 'reason', message: 'reason is required' }] : []),
    ];
  return status === 'move' ? [{ field: 'dueOn', message: 'dueOn is required' }] : [];
}

/** The API request; it includes a day that does not fit the answer, which is then rejected instead of silently lost. */
function asked(answer: Answer | '', line: string, day: string): Partial<CreateUpdateDto> {
  switch (answer) {
    case '':
      return day === '' ? { comment: line } : { laterDueOn: day, reason: line };
    case 'later':
      return { laterDueOn: day, reason: line };
    case 'move':
      return { dueOn: day, reason: line };
    case 'discuss':
      return { discuss: true, comment: line, laterDueOn: day };
    case 'not_ours':
      return { handBack: true, reason: line, laterDueOn: day };
    case 'done':
    case 'partly':
      return { status: 'done', realisation: answer === 'done' ? 'full' : 'partial', result: line, laterDueOn: day };
    case 'on_hold':
      return { status: answer, reason: line, resumeOn: day };
    default: {
      const words = needsReason(answer) || day !== '' ? { reason: line } : { comment: line };
      return { status: answer, ...words, laterDueOn: day };
    }
  }
}

/** Restores the status of an action closed by mistake; on hold would need a date, so it becomes open. */
export function toReopening(was: string): CreateUpdateDto {
  const status = OPEN_STATUSES.find((one) => one === was && one !== 'on_hold') ?? 'open';
  return toInput(CreateUpdateDto, { status, reason: 'Bij vergissing gemeld; ongedaan gemaakt.' });
}

/** The rejection of an answer about an action that is not, or no longer, theirs to answer. */
export const notAnswerable = ({ id, fields }: FilledRow): RejectedAnswer => ({
  id,
  fields,
  problem: problemAsAWhole(NOT_ANSWERABLE),
});

const DAYS: readonly string[] = ['dueOn', 'resumeOn', 'laterDueOn'];
const INPUTS = { status: 'stand', line: 'regel', day: 'dag', when: 'wanneer', photo: 'foto' } as const;
const FIELDS: Record<string, keyof typeof INPUTS> = { status: 'status', discuss: 'status', file: 'photo' };
const inputOf = (field: string) => (DAYS.includes(field) ? 'day' : (FIELDS[field] ?? 'line'));

/** The id of the input for a field of the API. */
export const standingFieldId = (id: string, field: string): string => `${INPUTS[inputOf(field)]}-${id}`;

/** What a form may start with: the answer of the button that was clicked, and the dates to choose from with "loopt". */
interface Beginning {
  answer?: string;
  /** Whether it is late enough to be put on the table. */
  mayDiscuss?: boolean;
  laterDates?: readonly LaterDate[];
}

/** The form for the status of an action: the choices, what was filled in, and its errors. */
export function standingForm(
  id: string,
  place: Place,
  own?: RejectedForm,
  { answer, mayDiscuss = false, laterDates = [] }: Beginning = {},
) {
  const { status = answer ?? '', line = '', day = '', when = '' } = own?.fields ?? {};
  const errors: Partial<Record<keyof typeof INPUTS, string>> = {};
  for (const [field, text] of Object.entries(own?.problem.byField ?? {})) errors[inputOf(field)] ??= text;
  const nameOf = (part: keyof typeof INPUTS): string => (place.isAmongMany ? `${part}-${id}` : part);
  const unchanged = { value: '', label: UNCHANGED_WORDS };
  const offered = place.answers.filter((value) => value !== 'discuss' || mayDiscuss || status === value);
  const answers = offered.map((value) => ({ value, label: ANSWER_WORDS[value] }));
  return {
    id,
    names: { status: nameOf('status'), line: nameOf('line'), day: nameOf('day'), when: nameOf('when') },
    // "Unchanged" comes first, so that an accidental choice can be undone.
    choices: (place.isAmongMany ? [unchanged, ...answers] : answers).map((choice, index) => ({
      ...choice,
      id: `stand-${id}${index === 0 ? '' : `-${choice.value}`}`,
      isChosen: choice.value === status && (place.isAmongMany || own !== undefined),
    })),
    /** The answer chosen already, by the button of a mail: the others are folded, so that the next field is in sight. */
    begun: own === undefined && answer ? offered.includes(answer as Answer) && ANSWER_WORDS[answer as Answer] : null,
    laterDates: laterDates.map((date, index) => ({
      ...date,
      id: `wanneer-${id}-${index}`,
      isChosen: date.value === when,
    })),
    line,
    day,
    errors,
    hints: STANDING_HINTS,
    /** An error of the form as a whole: somebody else changed the action first. */
    otherError: own?.problem.summary.find(({ href }) => href === null)?.text ?? null,
    isTried: own !== undefined,
  };
}

/** The photo that goes with an answer. */
export const photoField = (actionId: string, name: string, error?: string | null) => ({
  ...{ id: `foto-${actionId}`, name, hint: PHOTO_HINT, error: error ?? null },
});

/** The message after an answer: "Opgeslagen: BOS-12 is gereed." */
export function savedWords(number: string, status: ActionStatus, answer: string): string {
  if (answer === 'not_ours') return `Opgeslagen: ${number} gaat terug naar de voorzitter.`;
  if (answer === 'discuss') return `Opgeslagen: ${number} wordt besproken in het volgende overleg.`;
  if (answer === 'later') return `Opgeslagen: ${number} heeft een latere datum.`;
  return `Opgeslagen: ${statusSentence(number, status)}.`;
}

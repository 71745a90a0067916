import { inOrder } from '../recipients/digest-lines.rules.js';
import { daysOverdue, reasonOn, statusOn } from '../overdue.rules.js';
import { mayAskToDiscuss } from '../discussions/asking.rules.js';
import type { ActionStatus, DueKind } from '../action.entity.js';
import type { Assignment } from '../recipients/assignments.js';
import { type FormProblem, problemAsAWhole } from '../../platform/rendering/form-problem.js';
import type { Fields } from '../../web/forms.js';
import {
  AMONG_MANY,
  type FilledRow,
  filledRows,
  photoField,
  standingForm,
  type RejectedAnswer,
} from '../pages/standing.rules.js';
import { laterDates } from '../pages/later-dates.rules.js';
import { dueWords, statusWords } from '../words.js';

/** An action of the mail in its current state. */
export interface AnswerRow {
  id: string;
  number: string;
  title: string;
  areaName: string;
  status: ActionStatus;
  statusReason: string | null;
  resumeOn: string | null;
  dueKind: DueKind | null;
  dueOn: string | null;
  /** The next planned session of its meeting. */
  nextSessionOn: string | null;
  isConfidential: boolean;
  isHandedBack: boolean;
  /** Whether the person may still read it, or answers for its owner. */
  isKnown: boolean;
}

interface Visit {
  name: string;
  /** The number of the action whose link was opened. */
  first: string;
  /** The answer whose button was followed, for that action. */
  answer: string;
  today: string;
}

/** The outcome of a form: the numbers that were saved, and for the other actions why they were not. */
export interface Outcome {
  saved: readonly string[];
  refused: ReadonlyMap<string, RejectedAnswer>;
  /** Nothing was filled in at all. */
  isEmpty: boolean;
}

const NOTHING_FILLED_IN =
  'U hebt nog niets ingevuld. Kies bij minstens één actie hoe het staat, of schrijf een toelichting.';

/** The answers in a form post about these actions; actions without any input are skipped. */
export function toAnswers(fields: Fields, actionIds: readonly string[]): FilledRow[] {
  const rows = filledRows(fields);
  return actionIds.flatMap((actionId) => rows.find(({ id }) => id === actionId) ?? []);
}

/**
 * The page. A confidential action shows only number, area and deadline, and only to those who still do it; of one that
 * is no longer known to the person, nothing but its number.
 */
export function toAnswerPage(
  found: readonly AnswerRow[],
  mine: ReadonlyMap<string, Assignment>,
  { name, first, answer, today }: Visit,
  { saved, refused, isEmpty }: Outcome,
) {
  const shown = inOrder(found.filter(({ id, isConfidential }) => !isConfidential || mine.has(id)));
  const actions = [
    ...shown.filter(({ number }) => number === first),
    ...shown.filter(({ number }) => number !== first),
  ];
  const cards = actions.map((action) => {
    const begun = action.number === first ? answer : '';
    return toCard(action, mine.get(action.id), refused.get(action.id), today, begun);
  });
  // One open form at a time keeps the page short; the others are one click away, and open if they contain an error.
  const opened = cards.find(({ isChangeable }) => isChangeable)?.number;
  const late = cards.filter(({ days }) => days > 0).length;
  return {
    title: headingOf(late),
    isOne: shown.length === 1,
    name,
    saved: shown.map(({ number }) => number).filter((number) => saved.includes(number)),
    problem: isEmpty ? problemAsAWhole(NOTHING_FILLED_IN) : problemOf(cards, saved.length > 0),
    actions: cards.map((card) => ({ ...card, isOpen: card.number === opened || card.standing.isTried })),
    // A different URL: with the `#` of the mail's link, the error summary would not receive focus.
    address: cards[0]?.number === first ? `?${new URLSearchParams({ actie: first })}` : '?',
    isAnswerable: cards.some(({ isChangeable }) => isChangeable),
  };
}

/** The same number as in the subject and the heading of the mail, as it is at this moment. */
const headingOf = (late: number): string =>
  late === 0 ? 'Uw acties' : late === 1 ? '1 actie is te laat' : `${late} acties zijn te laat`;

function problemOf(cards: readonly Card[], isPartlySaved: boolean): FormProblem | null {
  const summary = cards.flatMap(({ number, problems }) =>
    problems.map(({ text, href }) => ({ text: `${number}: ${text}`, href: href ?? `#${number}` })),
  );
  const heading = isPartlySaved ? 'De rest is nog niet opgeslagen' : 'Er is nog niets opgeslagen';
  return summary.length > 0 ? { status: 400, summary, byField: {}, heading } : null;
}

type Card = ReturnType<typeof toCard>;

function toCard(
  action: AnswerRow,
  assignment: Assignment | undefined,
  refused: RejectedAnswer | undefined,
  today: string,
  answer: string,
) {
  const { id, number, title, areaName, isConfidential } = action;
  const isKnown = action.isKnown || assignment !== undefined;
  const days = assignment ? daysOverdue(assignment, today) : 0;
  const dates = days > 0 ? laterDates(today, action.nextSessionOn) : [];
  return {
    photo: photoField(id, `foto-${id}`, refused?.problem.byField.file),
    number,
    title: isConfidential || !isKnown ? null : title,
    isKnown,
    areaName,
    dueWords: dueWords(action),
    days,
    statusName: statusWords(statusOn(action, today), action.resumeOn),
    statusReason: reasonOn(action, today),
    isConfidential,
    isChangeable: assignment !== undefined && !isConfidential,
    closedWords: isKnown ? closedWords(action) : HANDED_OVER,
    problems: refused?.problem.summary ?? [],
    standing: standingForm(id, AMONG_MANY, refused, { answer, mayDiscuss: mayAskToDiscuss(days), laterDates: dates }),
  };
}

const HANDED_OVER = 'Deze actie is overgedragen en staat niet meer op uw naam.';

function closedWords({ status, isHandedBack }: AnswerRow): string {
  if (status === 'done') return 'Deze actie is gereed gemeld. Dank u wel.';
  if (status === 'cancelled') return 'Deze actie is vervallen.';
  if (isHandedBack) return 'Deze actie is teruggegeven aan de voorzitter.';
  return HANDED_OVER;
}

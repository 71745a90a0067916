import type { ActionLine } from '../actions.views.js';
import { CHOICES } from './action-form.rules.js';
import type { Fields, FormProblem } from '../../web/forms.js';
import type { ActionStatus } from '../action.entity.js';
import { dueWords, STATUS_BADGES, statusSentence, statusWords } from '../words.js';

/** A form that was not taken: shown again with what was filled in. */
export interface Tried {
  id: string;
  fields: Fields;
  problem: FormProblem;
}

/** Which input of an action's form a field of the API belongs to. */
export function fieldIdOf(actionId: string, field: string): string {
  const input = ['dueOn', 'resumeOn'].includes(field) ? 'dag' : field === 'status' ? 'stand' : 'regel';
  return `${input}-${actionId}`;
}

/** What the page says after an answer: "Opgeslagen: BOS-12 is gereed." */
export function savedWords(number: string, status: ActionStatus, choice: string): string {
  if (choice === 'not_ours') return `Opgeslagen: ${number} gaat terug naar de voorzitter.`;
  if (choice === 'later') return `Opgeslagen: ${number} heeft een latere datum.`;
  return `Opgeslagen: ${statusSentence(number, status)}.`;
}

/** An action as its card shows it. */
export function toCard(line: ActionLine, tried?: Tried) {
  const own = tried?.id === line.id ? tried : undefined;
  const errors = own?.problem.byField ?? {};
  return {
    id: line.id,
    number: line.number,
    title: line.title,
    areaName: line.areaName,
    ownerName: line.ownerName,
    coOwners: line.coOwners.map(({ name }) => name).join(', '),
    dueWords: dueWords(line),
    daysOverdue: line.daysOverdue,
    statusName: statusWords(line.status, line.resumeOn),
    badge: STATUS_BADGES[line.status],
    statusReason: line.statusReason,
    isConfidential: line.isConfidential,
    isTried: own !== undefined,
    line: own?.fields.line ?? '',
    day: own?.fields.day ?? '',
    dayError: errors.dueOn ?? errors.resumeOn ?? null,
    lineError: errors.reason ?? errors.result ?? errors.comment ?? null,
    statusError: errors.status ?? null,
    /** What is wrong with it as a whole: somebody was first. */
    otherError: own?.problem.summary.find(({ href }) => href === null)?.text ?? null,
    choices: CHOICES.map(({ value, label }) => ({
      value,
      label,
      id: `stand-${line.id}${value === CHOICES[0].value ? '' : `-${value}`}`,
      isChosen: own?.fields.status === value,
    })),
  };
}

export type Card = ReturnType<typeof toCard>;
export interface Section {
  id: string;
  title: string;
  cards: Card[];
}

/** The cards under the headings of the page: overdue first, then what is asked after, then the rest. */
export function sectionsOf(lines: readonly ActionLine[], tried?: Tried): Section[] {
  const late = [...lines]
    .filter(({ isOverdue }) => isOverdue)
    .sort((one, other) => other.daysOverdue - one.daysOverdue);
  const asked = lines.filter(({ isOverdue, isToBeChecked }) => !isOverdue && isToBeChecked);
  const rest = lines.filter(({ isOverdue, isToBeChecked }) => !isOverdue && !isToBeChecked);
  return [
    { id: 'te-laat', title: 'Te laat', lines: late },
    { id: 'stand-van-zaken', title: 'Graag een stand van zaken', lines: asked },
    { id: 'lopend', title: 'Nog niet aan de beurt', lines: rest },
  ]
    .filter(({ lines: found }) => found.length > 0)
    .map(({ id, title, lines: found }) => ({ id, title, cards: found.map((line) => toCard(line, tried)) }));
}

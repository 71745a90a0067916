import type { ActionLine } from '../actions.views.js';
import { mayAskToDiscuss } from '../discussions/asking.rules.js';
import { dueWords, STATUS_BADGES, statusWords, togetherWith } from '../words.js';
import { isClosed } from '../statuses.rules.js';
import { ALONE, standingForm, type RejectedAnswer } from './standing.rules.js';

/** An action as a card or as a row of the table. */
export function toCard(line: ActionLine, rejected?: RejectedAnswer, place = ALONE) {
  const own = rejected?.id === line.id ? rejected : undefined;
  return {
    id: line.id,
    number: line.number,
    title: line.title,
    areaName: line.areaName,
    ownerName: line.ownerName,
    together: togetherWith(line.coOwners.map(({ name }) => name)),
    dueWords: dueWords(line),
    daysOverdue: line.daysOverdue,
    statusName: statusWords(line.status, line.resumeOn),
    badge: STATUS_BADGES[line.status],
    isClosed: isClosed(line.status),
    result: isClosed(line.status) ? line.result : null,
    statusReason: line.statusReason,
    isConfidential: line.isConfidential,
    standing: standingForm(line.id, place, own, { mayDiscuss: mayAskToDiscuss(line.daysOverdue) }),
  };
}

type Card = ReturnType<typeof toCard>;
interface Section {
  id: string;
  title: string;
  cards: Card[];
}

/** The cards under the headings of the page: overdue ones, those past their check date, the rest. */
export function sectionsOf(lines: readonly ActionLine[], rejected?: RejectedAnswer): Section[] {
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
    .map(({ id, title, lines: found }) => ({ id, title, cards: found.map((line) => toCard(line, rejected)) }));
}

import type { ActionLine } from '../../actions/actions.views.js';
import type { ActionStatus } from '../../actions/action.entity.js';
import type { DiscussionOutcome } from '../../actions/discussions/discussion.entity.js';
import type { AskedDiscussion } from '../../actions/discussions/asked-discussions.js';
import type { LastTime } from '../../actions/discussions/last-time.js';
import { inShort } from '../../platform/common/calendar-date.js';
import { grouped } from '../../platform/common/grouped.js';
import { compareNaturally } from '../../platform/spelling/natural-order.js';
import { AT_TABLE, isClosed } from '../../actions/statuses.rules.js';
import { ANSWER_WORDS, dueInShort, dueWords, STATUS_BADGES, STATUS_WORDS } from '../../actions/words.js';
import type { DiscussedStep, DiscussionView } from '../discussions.dto.js';
import { ANSWER_KEYS, DISCUSSION_OUTCOME_WORDS } from '../words.js';
import { formOf, type RejectedScreenForm } from './screen-form.js';

/** Who was asked to decide, and their answer. */
const toStep = ({ personName, text, askedOn, decision, decidedFor }: DiscussedStep) => ({
  personName,
  text,
  askedOn,
  decision,
  decidedFor,
});

/** "di 5 mei: BOR plant de schouw in", "di 5 mei: loopt". */
const lastTimeWords = ({ on, text, status }: LastTime, today: string): string =>
  `${inShort(on, today)}: ${text ?? (status ? STATUS_WORDS[status] : '')}`;

/** "Politie vroeg op di 3 nov om dit te bespreken" */
const askedWords = ({ on, organisationName }: AskedDiscussion, today: string): string =>
  `${organisationName ?? 'De actiehouder'} vroeg op ${inShort(on, today)} om dit te bespreken`;

/** Its outcome in the session; for an action that got another status, that status. */
const outcomeWords = (outcome: DiscussionOutcome, status: ActionStatus): string =>
  outcome === 'updated' && status !== 'open' ? STATUS_WORDS[status] : DISCUSSION_OUTCOME_WORDS[outcome];

const ANSWERS = AT_TABLE.filter((value) => value !== 'done').map((value) => ({
  value,
  label: ANSWER_WORDS[value],
  letter: ANSWER_KEYS[value] ?? '',
}));

/** The form of a row, with placeholders for what differs per row, which the desk's script fills in. */
const BLANK = {
  id: 'XID',
  key: 'besproken-XID',
  number: 'XNUMBER',
  version: 'XVERSION',
  answers: ANSWERS,
  outcomeName: 'all',
  isBlank: true,
  form: formOf('besproken-XID', { note: '', dueOn: '' }),
};

/** An action of last time, for the screen on `today`. */
export function toDiscussed(one: DiscussionView, options: SectionOptions) {
  const { isWritable, today, rejected } = options;
  const key = `besproken-${one.id}`;
  const form = formOf(key, { note: one.note ?? '', dueOn: '' }, rejected);
  return {
    id: one.id,
    key,
    actionId: one.actionId,
    number: one.number,
    title: one.title,
    ownerName: one.isHandedBack ? 'teruggegeven, nog geen actiehouder' : (one.ownerName ?? 'nog geen actiehouder'),
    ownerShort: one.isHandedBack || one.ownerId === null ? 'wie?' : (one.ownerName ?? ''),
    needsOwner: one.isHandedBack || one.ownerId === null,
    daysOverdue: one.daysOverdue,
    dueWords: dueWords(one),
    dueShort: dueInShort(one, today),
    lastTime: one.lastTime && lastTimeWords(one.lastTime, today),
    asked: one.asked && askedWords(one.asked, today),
    isToBeChecked: one.checkOn !== null && one.dueOn === null && one.section === 'urgent',
    status: one.status,
    statusName: STATUS_WORDS[one.status],
    outcomeName: one.outcome && outcomeWords(one.outcome, one.status),
    outcomeBadge: one.outcome === 'updated' ? STATUS_BADGES[one.status] : 'neutral',
    isClosed: isClosed(one.status),
    isConfidential: one.isConfidential,
    note: one.note,
    escalations: one.escalations.map(toStep),
    version: one.version,
    isWritable,
    answers: ANSWERS,
    form,
    /** Open, with its form. */
    isShown: form.isTried || options.shownIds.includes(one.id),
  };
}

type Discussed = ReturnType<typeof toDiscussed>;

/** The number of urgent rows that fit a small laptop with everything else; the others are one click away. */
const MOST_IN_SIGHT = 10;
const MOST_REPORTED = 3;

interface SectionOptions {
  isWritable: boolean;
  today: string;
  /** Grouped by owner instead of by urgency, for going round the table. */
  isRoundTable: boolean;
  /** The rows that are open, with their forms. */
  shownIds: readonly string[];
  rejected?: RejectedScreenForm;
}

/** The sections of the actions of last time: urgent, the rest (folded), and those reported done. */
export function toSections(all: readonly DiscussionView[], options: SectionOptions) {
  const { isRoundTable } = options;
  const of = (section: string) => all.filter((one) => one.section === section).map((one) => toDiscussed(one, options));
  const [hurried, later, reported] = [of('urgent'), of('rest'), of('reported_done')];
  const isTreated = ({ outcomeName }: Discussed) => outcomeName !== null;
  const everything = [...hurried, ...later];
  const todo = everything.filter((one) => !isTreated(one));
  const urgent = hurried.filter((one) => !isTreated(one));
  const rest = later.filter((one) => !isTreated(one));
  const fold = (id: string, words: string, rows: Discussed[]) => ({
    id,
    words,
    rows,
    isOpen: rows.some(({ isShown }) => isShown),
  });
  const folds = isRoundTable
    ? []
    : [
        fold('haast', `nog ${urgent.length - MOST_IN_SIGHT} met haast`, urgent.slice(MOST_IN_SIGHT)),
        fold(
          'rest',
          rest.length === 1
            ? '1 andere actie, nog niet aan de beurt'
            : `${rest.length} andere acties, nog niet aan de beurt`,
          rest,
        ),
      ];
  const inSight = urgent.slice(0, MOST_IN_SIGHT);
  const groups = isRoundTable ? byOwner(todo) : inSight.length > 0 ? [{ name: '', rows: inSight }] : [];
  const treated = everything.filter(isTreated);
  const waiting = reported.filter((one) => !isTreated(one)).length;
  return {
    groups,
    folds: [...folds, fold('behandeld', `${treated.length} behandeld`, treated)],
    isRoundTable,
    reported,
    waiting,
    isAllAccepted: reported.length > 0 && waiting === 0,
    isReportedOpen: waiting > 0 && reported.length <= MOST_REPORTED,
    blank: BLANK,
    total: everything.length,
    isEmpty: all.length === 0,
    treated: treated.length,
  };
}

/** The rows of each owner together, in the order of their names; those without an owner come first. */
function byOwner(rows: readonly Discussed[]): { name: string; rows: Discussed[] }[] {
  const groups = grouped(rows, ({ needsOwner, ownerShort }) => (needsOwner ? '' : ownerShort));
  return [...groups]
    .toSorted(([one], [other]) => compareNaturally(one, other))
    .map(([name, own]) => ({ name: name || 'Zonder actiehouder', rows: own }));
}

/** An action recorded in this session: who, what, when, and whether something is missing. */
export function toRecorded(line: ActionLine, isWritable: boolean) {
  const owner = line.ownerName ?? 'nog geen actiehouder';
  const personName = line.isConfidential ? null : line.ownerPersonName;
  const withHelpers = (one: string) => [one, ...line.coOwners.map(({ name }) => name)].join(', samen met ');
  return {
    id: line.id,
    number: line.number,
    title: line.title,
    ownerName: withHelpers(owner),
    who: withHelpers(personName ? `${owner} (${personName})` : owner),
    personName,
    dueWords: dueWords(line),
    ownerId: line.ownerId,
    needsOwner: line.ownerId === null,
    needsDeadline: line.dueKind === null,
    isIncomplete: line.ownerId === null || line.dueKind === null,
    isConfidential: line.isConfidential,
    version: line.version,
    isWritable,
  };
}

type Recorded = ReturnType<typeof toRecorded>;

/** Today's actions per owner, to go through before closing; those without an owner come first. */
export function toAgreed<One extends Recorded>(recorded: readonly One[]) {
  const groups = grouped(recorded, ({ needsOwner, ownerName }) => (needsOwner ? '' : ownerName));
  return [...groups]
    .toSorted(([one], [other]) => compareNaturally(one, other))
    .map(([name, actions]) => ({ name: name || 'Nog geen actiehouder', hasOwner: name !== '', actions }));
}

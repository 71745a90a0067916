import type { ActionLine } from '../../actions/actions.views.js';
import { AT_TABLE, isClosed } from '../../actions/statuses.rules.js';
import { ANSWER_WORDS, dueWords, STATUS_WORDS } from '../../actions/words.js';
import type { DiscussedStep, DiscussionView } from '../discussions.dto.js';
import { DISCUSSION_OUTCOME_WORDS } from '../words.js';
import { formOf, type RejectedScreenForm } from './screen-form.js';

/** Who was asked to decide, and their answer. */
const toStep = ({ personName, text, askedOn, decision, decidedFor }: DiscussedStep) => ({
  personName,
  text,
  askedOn,
  decision,
  decidedFor,
});

/** An action of last time, for the screen. */
export function toDiscussed(one: DiscussionView, isWritable: boolean, rejected?: RejectedScreenForm) {
  const key = `besproken-${one.id}`;
  return {
    id: one.id,
    key,
    actionId: one.actionId,
    number: one.number,
    title: one.title,
    ownerName: one.isHandedBack
      ? `${one.ownerName ?? ''} gaf terug: zonder actiehouder`
      : (one.ownerName ?? 'zonder actiehouder'),
    needsOwner: one.isHandedBack || one.ownerId === null,
    daysOverdue: one.daysOverdue,
    dueWords: dueWords(one),
    isToBeChecked: one.checkOn !== null && one.dueOn === null && one.section === 'urgent',
    status: one.status,
    statusName: STATUS_WORDS[one.status],
    outcomeName: one.outcome ? DISCUSSION_OUTCOME_WORDS[one.outcome] : null,
    isClosed: isClosed(one.status),
    isConfidential: one.isConfidential,
    note: one.note,
    escalations: one.escalations.map(toStep),
    version: one.version,
    isWritable,
    answers: AT_TABLE.filter((value) => value !== 'done').map((value) => ({ value, label: ANSWER_WORDS[value] })),
    form: formOf(key, { note: one.note ?? '', dueOn: '' }, rejected),
  };
}

export type Discussed = ReturnType<typeof toDiscussed>;

/** The sections of the actions of last time: urgent, the rest (folded), and those reported done. */
export function toSections(all: readonly DiscussionView[], isWritable: boolean, rejected?: RejectedScreenForm) {
  const of = (section: string) =>
    all.filter((one) => one.section === section).map((one) => toDiscussed(one, isWritable, rejected));
  const [hurried, later, reported] = [of('urgent'), of('rest'), of('reported_done')];
  // Treated actions stay visible, even if the treatment made them no longer urgent.
  const isTreated = ({ outcomeName }: Discussed) => outcomeName !== null;
  const urgent = [...hurried, ...later.filter(isTreated)];
  const rest = later.filter((one) => !isTreated(one));
  const waiting = reported.filter(({ outcomeName }) => outcomeName === null).length;
  return {
    urgent,
    rest,
    reported,
    waiting,
    total: urgent.length + rest.length,
    treated: [...urgent, ...rest].filter(({ outcomeName }) => outcomeName !== null).length,
    isRestOpen: rest.some(({ form }) => form.isTried),
  };
}

/** An action recorded in this session: who, what, when, and whether something is missing. */
export function toRecorded(line: ActionLine, isWritable: boolean) {
  return {
    id: line.id,
    number: line.number,
    title: line.title,
    ownerName: [line.ownerName ?? 'nog geen actiehouder', ...line.coOwners.map(({ name }) => name)].join(
      ', samen met ',
    ),
    dueWords: dueWords(line),
    isIncomplete: line.ownerId === null || line.dueKind === null,
    isConfidential: line.isConfidential,
    version: line.version,
    isWritable,
  };
}

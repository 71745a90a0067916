import type { AgendaItemView } from '../../meetings/agenda/agenda-items.dto.js';
import { ITEM_KIND_WORDS, ITEM_STATE_WORDS } from '../../meetings/words.js';
import { formOf, type RejectedScreenForm } from './screen-form.js';
import { AGENDA_STATES, hasOutcome, isOnAgenda } from '../../meetings/agenda/item-states.rules.js';

interface OrganisationChoice {
  id: string;
  name: string;
}

export interface AgendaOptions {
  mayWrite: boolean;
  isOpen: boolean;
  isPlanned: boolean;
  organisations: readonly OrganisationChoice[];
  /** The organisations that may raise an item: those at the table first. */
  proposers: readonly OrganisationChoice[];
  /** The items that are being changed; while the session is open, only these show their form. */
  shownIds: readonly string[];
  rejected?: RejectedScreenForm;
}

/** One item for the screen: its texts in a form, or read-only. */
export function toItem(item: AgendaItemView, index: number, count: number, options: AgendaOptions) {
  const { mayWrite, isOpen, isPlanned, organisations, proposers, rejected } = options;
  const isShown = options.shownIds.includes(item.id);
  const key = `punt-${item.id}`;
  const stored = { notes: item.notes ?? '', decision: item.decision ?? '', state: item.state, title: item.title };
  const form = formOf(key, stored, rejected);
  const isTopic = item.kind === 'topic';
  const bringing = { proposedById: item.proposedById ?? '', plannedMinutes: String(item.plannedMinutes ?? '') };
  const renaming = formOf(`titel-${item.id}`, { title: item.title, ...bringing }, rejected);
  const isAccepted = isOnAgenda(item);
  const isEditable = mayWrite && (isOpen || isPlanned) && isAccepted && !(isOpen && item.isConfidential);
  const hasForm = isEditable && (!isOpen || isShown || renaming.isTried);
  // The edit lost the race: the stored text is shown beside the typed one, and the next attempt uses its version.
  const isOvertaken = form.isTried && rejected?.problem.status === 412;
  return {
    id: item.id,
    key,
    number: item.number,
    /** Items that are not on the agenda (yet) are numbered after the others, which would only puzzle a reader. */
    isNumbered: isAccepted,
    title: item.title,
    kind: item.kind,
    kindName: ITEM_KIND_WORDS[item.kind],
    isTopic,
    hasDecision: isTopic || item.kind === 'any_other_business' || Boolean(item.decision),
    stateName: ITEM_STATE_WORDS[item.state],
    // Opening, sluiting and the like usually stay empty, so their note is collapsed.
    isFolded: !isTopic && !form.isTried && !item.notes && !item.decision && item.kind !== 'any_other_business',
    isDone: item.state === 'discussed',
    isTreated: hasOutcome(item),
    isProposed: item.state === 'proposed',
    isDeclined: item.state === 'declined',
    isCarried: item.carriedFromId !== null,
    declineReason: item.declineReason,
    proposedByName: item.proposedByName,
    plannedMinutes: item.plannedMinutes,
    fileCount: item.fileCount,
    /** Nothing of a confidential item is shown at the table, not even how many papers it has. */
    hasFileLink:
      !(mayWrite && isOpen && item.isConfidential) && (item.fileCount > 0 || (isEditable && !isOpen && isTopic)),
    isConfidential: item.isConfidential,
    partyIds: item.partyIds,
    parties: organisations
      .filter(({ id }) => item.partyIds.includes(id))
      .map(({ name }) => name)
      .join(', '),
    version: item.version,
    notes: item.notes,
    decision: item.decision,
    isWritable: mayWrite && isOpen && isAccepted,
    /** At the table its title is not shown. */
    isHidden: mayWrite && isOpen && item.isConfidential,
    isMovable: mayWrite && (isOpen || isPlanned) && item.state !== 'declined',
    mayAnswer: mayWrite && (isOpen || isPlanned) && item.state === 'proposed',
    up: index > 0 ? index : null,
    down: index < count - 1 ? index + 2 : null,
    form,
    theirs: isOvertaken
      ? { notes: item.notes ?? '', decision: item.decision ?? '', stateName: ITEM_STATE_WORDS[item.state] }
      : null,
    renaming,
    isEditable,
    isUnfolded: isShown || renaming.isTried,
    hasForm,
    proposers: hasForm ? proposers.map((one) => ({ ...one, isChosen: one.id === renaming.values.proposedById })) : [],
    answer: formOf(`voorstel-${item.id}`, { reason: '' }, rejected),
    outcomes: AGENDA_STATES.filter((value) => isTopic || value !== 'discussed').map((value) => ({
      value,
      label: value === 'accepted' ? 'nog te doen' : ITEM_STATE_WORDS[value],
      id: `${key}-state-${value}`,
      isChosen: (form.values.state === 'discussed' && !isTopic ? 'accepted' : form.values.state) === value,
    })),
  };
}

export type Item = ReturnType<typeof toItem>;

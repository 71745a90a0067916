import type { Action } from '../actions/action.entity.js';
import { isClosed } from '../actions/statuses.rules.js';
import type { FieldError } from '../platform/common/problems.js';
import type { AgendaItem } from '../meetings/agenda/agenda-item.entity.js';
import type { MinutesForm } from '../meetings/meeting.entity.js';
import type { DiscussionKind } from '../actions/discussions/discussion.entity.js';

/** An item at the end of a session; `hasAction`: an action was recorded under it. */
export type ItemAtClosing = Pick<AgendaItem, 'id' | 'number' | 'kind' | 'state' | 'notes' | 'decision'> & {
  hasAction: boolean;
  /** Whether the person closing the session may know it. */
  isKnown: boolean;
};
export type ActionAtClosing = Pick<Action, 'id' | 'number' | 'ownerId' | 'dueKind' | 'dueOn'> & {
  /** Handed back since the session was closed before, or hidden and handed back: it waits for a new owner. */
  isReturned: boolean;
  isKnown: boolean;
};

const isBlank = (text: string | null): boolean => text === null || text.trim() === '';

/** Whether anything was written down or agreed under an item. */
export function hasContent(item: Pick<ItemAtClosing, 'notes' | 'decision' | 'hasAction'>): boolean {
  return !isBlank(item.notes) || !isBlank(item.decision) || item.hasAction;
}

/** What can be missing from an item or action at closing. */
const MISSING = {
  TOPIC_UNTREATED: 'this topic has no notes, decision or action, and is not marked not discussed or adjourned',
  ACTION_WITHOUT_OWNER: 'this action has no owner',
  ACTION_WITHOUT_DEADLINE: 'this action has no deadline',
} as const;
export type MissingAtClosing = keyof typeof MISSING;

const toMissing = (field: string, code: MissingAtClosing): FieldError => ({ field, code, message: MISSING[code] });

/**
 * The closing rule: each action recorded in the session has an owner and a deadline, and each topic has notes, a
 * decision or an action, or is marked not discussed or adjourned. The other kinds of items may stay empty; with the
 * form `decisions_and_actions` topics may too. Returns one entry per missing thing, by number. What is hidden from the
 * person closing is left out: it is completed for them (see `hiddenGaps`).
 */
export function missingAtClosing(
  items: readonly ItemAtClosing[],
  actions: readonly ActionAtClosing[],
  form: MinutesForm,
): FieldError[] {
  const topics = form === 'full' ? items.filter((item) => item.isKnown && isUntreated(item)) : [];
  return [
    ...topics.map(({ number }) => toMissing(number, 'TOPIC_UNTREATED')),
    ...actions
      .filter(({ isKnown }) => isKnown)
      .flatMap((action) => violationsOf(action).map((code) => toMissing(action.number, code))),
  ];
}

/** What the closing rule requires but is hidden from the person closing, who must not notice that it exists. */
export function hiddenGaps(
  items: readonly ItemAtClosing[],
  actions: readonly ActionAtClosing[],
  form: MinutesForm,
): { items: ItemAtClosing[]; actions: ActionAtClosing[] } {
  return {
    items: form === 'full' ? items.filter((item) => !item.isKnown && isUntreated(item)) : [],
    actions: actions.filter((action) => !action.isKnown && violationsOf(action).length > 0),
  };
}

function isUntreated(item: ItemAtClosing): boolean {
  return item.kind === 'topic' && (item.state === 'accepted' || item.state === 'discussed') && !hasContent(item);
}

function violationsOf({
  ownerId,
  dueKind,
  dueOn,
  isReturned,
}: Omit<ActionAtClosing, 'id' | 'number' | 'isKnown'>): MissingAtClosing[] {
  const hasDeadline = dueKind !== null && (dueKind !== 'date' || dueOn !== null);
  return [
    ...(ownerId === null && !isReturned ? (['ACTION_WITHOUT_OWNER'] as const) : []),
    ...(hasDeadline ? [] : (['ACTION_WITHOUT_DEADLINE'] as const)),
  ];
}

/** What opening a session needs to know about an action of its meeting. */
export interface ActionAtOpening {
  /** On the day of the session. */
  status: Action['status'];
  /** Whether it was reported done or cancelled by then, after having been open. */
  wasFinished: boolean;
  /** Whether an earlier session already had it in that state: listed as done, treated, or recorded. */
  isSeen: boolean;
}

/**
 * How an opening session takes over an action: everything unfinished as `open`; what was finished since a session last
 * had it is listed once as `reported_done`; the rest is left alone (null).
 */
export function kindAtOpening({ status, wasFinished, isSeen }: ActionAtOpening): DiscussionKind | null {
  if (!isClosed(status)) return 'open';
  return wasFinished && !isSeen ? 'reported_done' : null;
}

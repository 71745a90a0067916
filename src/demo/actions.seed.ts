import { ActionCoOwner } from '../actions/action-co-owner.entity.js';
import { ActionParty } from '../actions/action-party.entity.js';
import { type ActionState, ActionUpdate } from '../actions/action-update.entity.js';
import { Action, type DueKind } from '../actions/action.entity.js';
import { addDays, momentOf } from '../platform/common/calendar-date.js';
import type { Area } from '../directory/areas/area.entity.js';
import type { Session } from '../meetings/session.entity.js';
import type { LifeEvent } from './action-lives.js';
import type { Dice } from './dice.js';
import type { Rows } from './rows.js';

export interface NewAction {
  title: string;
  theme: string;
  area: Area;
  meetingId: string;
  session: Session;
  agendaItemId: string;
  ownerId: string;
  ownerPersonId: string | null;
  /** Who answers for the owner, and enters what happens to it between sessions. */
  answeringId: string | null;
  coOwnerIds: string[];
  partyIds: string[];
  dueKind: DueKind;
  dueOn: string | null;
  checkOn: string | null;
  requestedById: string | null;
  /** A zaaknummer elsewhere. */
  reference: string | null;
  contribution: Action['contribution'];
  isPublic: boolean;
}

/** An action of the demo: how it stands at the day that is being laid, and what is still to happen to it. */
export interface LiveAction {
  action: Action;
  coOwnerIds: string[];
  answeringId: string | null;
  ahead: LifeEvent[];
  sequence: number;
  /** The day of the last thing that happened. */
  lastOn: string;
}

/** Records an action in its session: the next number of its area, its parties, and the first row of its history. */
export function recordAction(rows: Rows, dice: Dice, input: NewAction, ahead: LifeEvent[]): LiveAction {
  const { area, session, coOwnerIds, partyIds, answeringId, ...own } = input;
  const isConfidential = partyIds.length > 0;
  const number = isConfidential ? `V${(area.lastConfidentialNumber += 1)}` : `${(area.lastActionNumber += 1)}`;
  const action: Action = {
    ...START,
    ...own,
    id: dice.id(session.heldOn),
    number: `${area.code}-${number}`,
    areaId: area.id,
    sessionId: session.id,
    originalDueOn: input.dueOn,
    recordedOn: session.heldOn,
    isConfidential,
  };
  rows.add(Action, { ...action });
  for (const organisationId of coOwnerIds) rows.add(ActionCoOwner, { actionId: action.id, organisationId });
  for (const organisationId of partyIds) rows.add(ActionParty, { actionId: action.id, organisationId });
  const live = { action, coOwnerIds, answeringId, ahead, sequence: 0, lastOn: session.heldOn };
  const recorded = { on: session.heldOn, kind: 'recorded', changes: {}, comment: null, isInSession: true } as const;
  layUpdate(rows, dice, live, recorded, session);
  return live;
}

/** Lets everything happen to an action that happened up to a day; answers whether anything did. */
export function liveUntil(
  rows: Rows,
  dice: Dice,
  live: LiveAction,
  day: string,
  sessions: readonly Session[],
): boolean {
  const now = live.ahead.filter(({ on }) => on <= day);
  live.ahead = live.ahead.filter(({ on }) => on > day);
  for (const event of now) {
    Object.assign(live.action, event.changes);
    live.action.version += 1;
    live.lastOn = event.on;
    const session = event.isInSession ? sessions.find(({ heldOn }) => heldOn === event.on) : undefined;
    layUpdate(rows, dice, live, event, session);
  }
  return now.length > 0;
}

function layUpdate(rows: Rows, dice: Dice, live: LiveAction, event: LifeEvent, session?: Session): void {
  live.sequence += 1;
  const ownerId = live.action.ownerId;
  rows.add(ActionUpdate, {
    id: dice.id(event.on),
    actionId: live.action.id,
    sequence: live.sequence,
    kind: event.kind,
    effectiveOn: event.on,
    recordedAt: momentOf(event.on, session ? '11:20' : `1${dice.between(2, 6)}:${dice.between(10, 59)}`),
    recordedById: session ? session.chairId : live.answeringId,
    onBehalfOfId: session && event.kind !== 'recorded' ? ownerId : null,
    sessionId: session?.id ?? null,
    comment: event.comment,
    changes: event.changes,
    restatesId: null,
    ...stateOf(live),
  });
}

/** The whole state, as each row of the history carries it. */
function stateOf({ action, coOwnerIds }: LiveAction): ActionState {
  const { title, areaId, theme, isPublic, isConfidential, status, statusReason, resumeOn, ownerId } = action;
  const { ownerPersonId, dueKind, dueOn, originalDueOn, postponements, checkOn, realisation, result } = action;
  const { resultSize, doneOn, closedOn, isHandedBack, isWithdrawn, recordedOn } = action;
  const agreed = { title, areaId, theme, coOwnerIds, isPublic, isConfidential, recordedOn };
  const who = { ownerId, ownerPersonId, isHandedBack, isWithdrawn };
  const when = { dueKind, dueOn, originalDueOn, postponements, checkOn };
  return {
    ...agreed,
    ...who,
    ...when,
    status,
    statusReason,
    resumeOn,
    realisation,
    result,
    resultSize,
    doneOn,
    closedOn,
  };
}

/** Whether an action counted as open on the morning of a day. */
export const isOpenAt = ({ action }: LiveAction, day: string): boolean =>
  action.closedOn === null || action.closedOn >= day;

/** 28 days after its session, unless the next session comes first. */
export const firstCheckOn = (heldOn: string, nextSession: string | undefined): string =>
  nextSession ?? addDays(heldOn, 28);

const START = {
  details: null,
  status: 'open',
  statusReason: null,
  resumeOn: null,
  postponements: 0,
  realisation: null,
  result: null,
  resultSize: null,
  doneOn: null,
  closedOn: null,
  isHandedBack: false,
  isWithdrawn: false,
  goalId: null,
  opgaveId: null,
  followsOnId: null,
  publicText: null,
  expectedResult: null,
  version: 1,
} as const;

import type { INestApplicationContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CreateActionDto } from '../../actions/actions.dto.js';
import { ActionChanges } from '../../actions/changes/action-changes.service.js';
import { NewActions } from '../../actions/changes/new-actions.service.js';
import type { SessionRef } from '../../actions/changes/session-refs.rules.js';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import type { Session } from '../../meetings/session.entity.js';
import type { LifeEvent } from '../action-lives.js';
import { callerOf } from '../demo-caller.js';
import type { Dice } from '../dice.js';
import type { Registers } from './registers.seed.js';

/** An action agreed in a session, and what happens to it later. */
export interface NewAction {
  input: CreateActionDto;
  /** The person who answers for the owner, and enters its updates between sessions. */
  answeringId: string | null;
  ahead: LifeEvent[];
  /** The ids of the action and of the first row of its history. */
  ids: [string, string];
}

/** An action of the demo: its state on the day being generated, and the events still ahead. */
export interface LiveAction extends Pick<NewAction, 'answeringId' | 'ahead'> {
  id: string;
  title: string;
  isConfidential: boolean;
  goalId: string | null;
  ownerId: string | null;
  closedOn: string | null;
  /** The person who chairs its meeting. */
  chairId: string;
  /** The day of its last event, and its moment. */
  lastOn: string;
  lastAt: string;
}

/** The time of updates reported in a session. */
const IN_SESSION = '11:20';
const MINUTE_MS = 60_000;

/** Records actions and applies their events by the rules of the service, each at a moment of its own day. */
export class ActionLives {
  private readonly fresh: NewActions;
  private readonly changes: ActionChanges;

  constructor(
    app: INestApplicationContext,
    private readonly dice: Dice,
    private readonly registers: Registers,
  ) {
    this.fresh = app.get(NewActions, { strict: false });
    this.changes = app.get(ActionChanges, { strict: false });
  }

  /** Records the actions agreed in an open session. */
  async record(manager: EntityManager, session: SessionRef & Session, agreed: NewAction[]): Promise<LiveAction[]> {
    const { heldOn } = session;
    const chairId = session.chairId!;
    const by = callerOf(chairId, heldOn, this.registers);
    const live: LiveAction[] = [];
    for (const { input, answeringId, ahead, ids } of agreed) {
      const entered = { at: momentOf(heldOn, IN_SESSION), newId: () => ids.shift()! };
      const { id, isConfidential } = await this.fresh.record(manager, input, session, heldOn, by, entered);
      const { title, ownerId = null } = input;
      const state = { goalId: null, closedOn: null, lastOn: heldOn, lastAt: momentOf(heldOn, IN_SESSION) };
      live.push({ id, title, isConfidential, ownerId, answeringId, ahead, chairId, ...state });
    }
    return live;
  }

  /** Applies an action's events up to a day; `session` is the one held on that day. Returns whether there were any. */
  async liveUntil(manager: EntityManager, live: LiveAction, day: string, session?: SessionRef): Promise<boolean> {
    const now = live.ahead.filter(({ on }) => on <= day);
    live.ahead = live.ahead.filter(({ on }) => on > day);
    for (const [index, event] of now.entries()) {
      const next = now[index + 1];
      const isThatMorning = next?.isInSession && next.on === event.on;
      await this.enter(manager, live, event, event.isInSession ? session : undefined, isThatMorning);
    }
    return now.length > 0;
  }

  private async enter(
    manager: EntityManager,
    live: LiveAction,
    { on, update }: LifeEvent,
    session: SessionRef | undefined,
    isThatMorning: boolean,
  ): Promise<void> {
    const id = this.dice.id(on);
    const hour = isThatMorning ? '09' : `1${this.dice.between(2, 6)}`;
    const told = momentOf(on, session ? IN_SESSION : `${hour}:${this.dice.between(10, 59)}`);
    const at = told > live.lastAt ? told : new Date(Date.parse(live.lastAt) + MINUTE_MS).toISOString();
    const by = callerOf(session ? live.chairId : (live.answeringId ?? live.chairId), on, this.registers);
    const said = session ? { sessionId: session.id, onBehalfOfId: update.ownerId ?? live.ownerId! } : {};
    const { action } = await this.changes.enter(manager, {
      by,
      action: { id: live.id },
      update: { ...update, ...said, effectiveOn: on },
      entered: { at, newId: () => id },
    });
    const { ownerId, closedOn } = action;
    Object.assign(live, { ownerId, closedOn, lastOn: on, lastAt: at });
  }
}

/** Whether an action was still open on the morning of a day. */
export const isOpenAt = ({ closedOn }: LiveAction, day: string): boolean => closedOn === null || closedOn >= day;

/** 28 days after its session, or the next session if that is earlier. */
export const firstCheckOn = (heldOn: string, nextSession: string | undefined): string =>
  nextSession ?? addDays(heldOn, 28);

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/common/clock.js';
import { flatInTurns, LongTask } from '../../platform/common/long-task.js';
import { chunks, rows } from '../../platform/database/rows.js';
import type { ResolvedContact } from '../../directory/people/contact-resolver.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { ActionHistory, type LockedAction } from '../history/action-history.service.js';
import { lastRowOn } from '../history/history.rules.js';
import { grouped } from '../../platform/common/grouped.js';
import { AnnouncementMails } from './announcement-mails.service.js';
import { isGiven, isHandedOver, isToBeDone } from './announcements.rules.js';
import type { PlannedChange } from '../planned-change.js';
import { endUntold, endUntoldOf, untoldAmong } from '../recipients/untold-actions.js';

/** An action that somebody now has, as it was before, and who gave it to them. */
interface Given {
  action: LockedAction;
  before: LockedAction;
  writerId: string | null;
}

interface Entered {
  actionId: string;
  sequence: number;
  recordedById: string | null;
}

/** Entered in a session about actions that existed before, so it can still be undone. */
const ENTERED = `SELECT u."actionId", u."sequence", u."recordedById" FROM "treatments" t
  JOIN "discussions" d ON d."id" = t."discussionId" JOIN "action_updates" u ON u."id" = t."updateId"
  WHERE d."sessionId" = $1 ORDER BY u."actionId", u."sequence"`;

/**
 * Notifies those who answer for the owner or a co-owner, the same day, of an action that was recorded between sessions
 * or handed over: one mail a day per address. The mail of the day stores which actions it lists, so that none is lost
 * if it has been sent, is temporarily refused, or goes to somebody else after all.
 */
@Injectable()
export class Announcements {
  constructor(
    private readonly mails: AnnouncementMails,
    private readonly history: ActionHistory,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Plans the mails about actions that these changes give to somebody, in the transaction that writes them. The author
   * of the change, and those who already had the action, are not notified. After five o'clock the mail is sent at once;
   * if the mail of the day has been sent, they are in that of the next day. After a merger, people who already answered
   * for the merged organisation are not notified; when an action is reopened, only those who did not have it when it
   * was finished are.
   */
  async plan(manager: EntityManager, changes: readonly PlannedChange[], isMerger = false): Promise<void> {
    const today = this.clock.today();
    const given = await flatInTurns(await this.sinceItWasOpen(manager, changes), (change): Given[] => {
      if (!isGiven(change, today)) return [];
      const { action, before, appended } = change;
      const writerId = appended.at(-1)?.context.by.personId ?? null;
      return [{ action, before: before ?? withoutDoers(action), writerId }];
    });
    await this.tellOf(manager, given, isMerger);
  }

  /** The changes; for a reopened action, the state before is that in which it was last open. */
  private async sinceItWasOpen(manager: EntityManager, changes: readonly PlannedChange[]): Promise<PlannedChange[]> {
    const finished = changes.flatMap(({ action, before }) =>
      before !== null && before.closedOn !== null && isToBeDone(action) ? before : [],
    );
    if (finished.length === 0) return [...changes];
    const open = await this.history.lastOpen(manager, finished);
    return changes.map((change) => {
      const state = open.get(change.action.id);
      return state ? { ...change, before: { ...change.before!, ...state } } : change;
    });
  }

  /**
   * The same, when a session closes, about actions handed over in it since it opened and not undone, and about actions
   * of an old list that it was the first to discuss.
   */
  async planOf(manager: EntityManager, sessionId: string): Promise<void> {
    await this.tellOf(manager, await this.handedOver(manager, sessionId));
    await this.tellFirst(manager, await endUntold(manager, sessionId));
  }

  /** The same about actions of an old list that go on without a meeting: no session will discuss them any more. */
  async planWithoutMeeting(manager: EntityManager, actionIds: readonly string[]): Promise<void> {
    await this.tellFirst(manager, await endUntoldOf(manager, actionIds));
  }

  private async tellFirst(manager: EntityManager, actionIds: readonly string[]): Promise<void> {
    const first = await this.history.lockAll(manager, actionIds);
    await this.tellOf(
      manager,
      first.filter(isToBeDone).map((action) => ({ action, before: withoutDoers(action), writerId: null })),
    );
  }

  private async handedOver(manager: EntityManager, sessionId: string): Promise<Given[]> {
    const entered = await rows<Entered>(manager, ENTERED, [sessionId]);
    const byAction = grouped(entered, ({ actionId }) => actionId);
    if (byAction.size === 0) return [];
    const actions = await this.history.lockAll(manager, [...byAction.keys()]);
    const histories = await this.history.all(manager, actions);
    const given = actions.filter(isToBeDone).map((action): Given => {
      const own = byAction.get(action.id)!;
      const earlier = histories.get(action.id)!.filter(({ sequence }) => sequence < own[0].sequence);
      const last = lastRowOn(earlier, '9999-12-31')!;
      const isOpen = last.state.closedOn === null;
      const { state } = isOpen ? last : (earlier.findLast((one) => one.state.closedOn === null) ?? last);
      return { action, before: { ...action, ...state }, writerId: own.at(-1)!.recordedById };
    });
    return given.filter(({ action, before }) => isHandedOver(action, before));
  }

  private async tellOf(manager: EntityManager, all: readonly Given[], isMerger = false): Promise<void> {
    if (!this.settings.SMTP_URL || all.length === 0) return;
    const untold = await untoldAmong(
      manager,
      all.map(({ action }) => action.id),
    );
    const given = all.filter(({ action }) => !untold.has(action.id));
    if (given.length === 0) return;
    const byPerson = new Map<string, { person: ResolvedContact; actionIds: string[] }>();
    const turns = new LongTask();
    for (const some of chunks(given)) {
      for (const { person, actionId } of await this.toTell(manager, some, isMerger)) {
        const known = byPerson.get(person.personId);
        if (known) known.actionIds.push(actionId);
        else byPerson.set(person.personId, { person, actionIds: [actionId] });
      }
      await turns.yieldToEventLoop();
    }
    for (const { person, actionIds } of byPerson.values()) await this.mails.tell(manager, person, actionIds);
  }

  /** Each of these actions with each person who did not have it and did not give it. */
  private async toTell(manager: EntityManager, given: readonly Given[], isMerger: boolean) {
    const now = given.map(({ action }) => action);
    const before = given.map(({ before: had }) => ({ ...had, ownerId: had.isHandedBack ? null : had.ownerId }));
    const told = await this.mails.whoDo(manager, now);
    const knowing = await this.mails.whoDo(manager, before, isMerger);
    return given.flatMap(({ action, writerId }, n) => {
      const known = new Set([writerId, ...knowing[n].map(({ personId }) => personId)]);
      const people = told[n].filter(({ personId }) => !known.has(personId));
      return people.map((person) => ({ person, actionId: action.id }));
    });
  }
}

const withoutDoers = (action: LockedAction): LockedAction => ({ ...action, ownerId: null, coOwnerIds: [] });

import { HttpException, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/common/clock.js';
import { grouped } from '../../platform/common/grouped.js';
import { flatInTurns, LongTask } from '../../platform/common/long-task.js';
import { naturalKey } from '../../platform/spelling/natural-order.js';
import { chunks, execute, executeReturning, Params } from '../../platform/database/rows.js';
import { appendEvents } from '../../platform/events/events.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { insertRows, overwriteRows } from '../../platform/database/writes.js';
import { ActionHistory, type LockedAction } from '../history/action-history.service.js';
import { Announcements } from '../announcements/announcements.service.js';
import { keepUntold } from '../recipients/untold-actions.js';
import type { Change } from '../history/action-update.entity.js';
import type { Action } from '../action.entity.js';
import { TreatedActions } from '../discussions/treated-actions.service.js';
import { changeEvents } from './action-events.js';
import { ChangeFactsService } from './change-facts.service.js';
import type { ChangeRequest, Outcome } from './change-request.js';
import type { PlannedChange, UpdateContext } from '../planned-change.js';
import { planned, plannedChange } from './planned-changes.rules.js';
import { changedColumns, storedAction, storedUpdate } from './stored-changes.js';

/**
 * The only way to record and change actions: the rules calculate the requested changes, which are then written with the
 * history. One action is a list of one; thousands take as few statements.
 */
@Injectable()
export class ActionChanges {
  constructor(
    private readonly facts: ChangeFactsService,
    private readonly history: ActionHistory,
    private readonly treated: TreatedActions,
    private readonly clock: Clock,
    private readonly announcements: Announcements,
    private readonly former: RowHistory,
  ) {}

  /**
   * Calculates the outcome of requests, each for a different action, before anything is written. Returns the outcomes
   * in the order of the requests.
   */
  async plan(manager: EntityManager, requests: readonly ChangeRequest[]): Promise<Outcome[]> {
    const facts = await this.facts.gather(manager, requests);
    const outcomes: Outcome[] = [];
    const turns = new LongTask();
    for (const request of requests) {
      await turns.yieldToEventLoop();
      try {
        outcomes.push({ change: planned(request, facts) });
      } catch (error) {
        if (!(error instanceof HttpException) || error.getStatus() >= 500) throw error;
        outcomes.push({ refusal: error });
      }
    }
    return outcomes;
  }

  /** Calculates one request and writes it; throws if it is rejected. */
  async enter(manager: EntityManager, request: ChangeRequest): Promise<PlannedChange> {
    const [{ change, refusal }] = await this.plan(manager, [request]);
    if (refusal) throw refusal;
    await this.write(manager, [change]);
    return change;
  }

  /**
   * Writes a change that was validated before or is a side effect; `also` has the fields the history does not store.
   */
  async apply(
    manager: EntityManager,
    action: LockedAction,
    change: Change,
    effectiveOn: string,
    context: UpdateContext,
    also: Partial<Action> = {},
  ): Promise<void> {
    const history = await this.history.before(manager, action, effectiveOn);
    const entry = { change, effectiveOn, isAtOrigin: false };
    await this.write(manager, [plannedChange(action, history, entry, context, also)]);
  }

  /**
   * Writes all planned changes, without the audit trail; new actions get their numbers. New owners of an action are
   * notified the same day, unless new actions are kept `untold`.
   */
  async write(
    manager: EntityManager,
    changes: readonly PlannedChange[],
    { untold = false, isMerger = false } = {},
  ): Promise<void> {
    const fresh = changes.filter(({ before }) => before === null);
    const known = changes.filter(({ before }) => before !== null);
    await this.number(manager, fresh);
    await insertRows(manager, 'actions', fresh, storedAction);
    for (const { action, kept } of known)
      if (kept) await this.former.keep(manager, 'actions', action.id, kept.fields, kept.on);
    await overwriteRows(manager, 'actions', known, await changedColumns(known), storedAction);
    await writeLinks(manager, 'action_co_owners', changes, (action) => action?.coOwnerIds ?? []);
    await writeLinks(manager, 'action_parties', changes, (action) => action?.partyIds ?? []);
    const now = this.clock.moment();
    const updates = await flatInTurns(changes, ({ action, appended }) =>
      appended.map((entry) => ({ ...entry, actionId: action.id })),
    );
    await insertRows(manager, 'action_updates', updates, ({ actionId, row: one, context }) =>
      storedUpdate(actionId, one, context, now),
    );
    await this.treated.mark(manager, changes);
    if (untold)
      await keepUntold(
        manager,
        fresh.filter(({ action }) => action.closedOn === null).map(({ action }) => action.id),
      );
    await this.announcements.plan(manager, changes, isMerger);
    const changed = changes.map(({ action }) => action);
    await appendEvents(manager, now, () => changeEvents(manager, changed));
  }

  private async number(manager: EntityManager, fresh: readonly PlannedChange[]): Promise<void> {
    for (const series of grouped(fresh, ({ action }) => `${action.areaId} ${action.isConfidential}`).values()) {
      const { areaId, isConfidential } = series[0].action;
      const numbers = await reserveNumbers(manager, areaId, isConfidential, series.length);
      const turns = new LongTask();
      for (const [n, { action }] of series.entries()) {
        Object.assign(action, { number: numbers[n], numberKey: naturalKey(numbers[n]) });
        await turns.yieldToEventLoop();
      }
    }
  }
}

/**
 * The next numbers of an area: `BOS-12`, or `BOS-V3` in the series of confidential ones. The area remains locked, so
 * that no number is assigned twice.
 */
async function reserveNumbers(
  manager: EntityManager,
  areaId: string,
  isConfidential: boolean,
  count: number,
): Promise<string[]> {
  const counter = isConfidential ? 'lastConfidentialNumber' : 'lastActionNumber';
  const [{ code, last }] = await executeReturning<{ code: string; last: number }>(
    manager,
    `UPDATE "areas" SET "${counter}" = "${counter}" + $1 WHERE "id" = $2 RETURNING "code", "${counter}" AS "last"`,
    [count, areaId],
  );
  return Array.from({ length: count }, (_, n) => `${code}-${isConfidential ? 'V' : ''}${last - count + 1 + n}`);
}

/** Writes which organisations belong to actions, of those where this changed. */
async function writeLinks(
  manager: EntityManager,
  table: 'action_co_owners' | 'action_parties',
  changes: readonly PlannedChange[],
  idsOf: (action: LockedAction | null) => readonly string[],
): Promise<void> {
  const changed = changes.filter(({ action, before }) => !isSameSet(idsOf(action), idsOf(before)));
  for (const some of chunks(changed.filter(({ before }) => idsOf(before).length > 0))) {
    const params = new Params();
    const theirs = params.list(some.map(({ action }) => action.id));
    await execute(manager, `DELETE FROM "${table}" WHERE "actionId" IN (${theirs})`, params.values);
  }
  await insertRows(
    manager,
    table,
    changed.flatMap(({ action }) => linksOf(action.id, idsOf(action))),
  );
}

const linksOf = (actionId: string, organisationIds: readonly string[]) =>
  organisationIds.map((organisationId) => ({ actionId, organisationId }));

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));

import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { choosableOf } from '../../directory/organisations/merged.conditions.js';
import { storedKey } from '../../platform/spelling/natural-order.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict } from '../../platform/common/problems.js';
import { execute } from '../../platform/database/rows.js';
import { insertRows, updateRow } from '../../platform/database/writes.js';
import { appendEvents } from '../../platform/events/events.js';
import { ActionCoOwner } from '../action-co-owner.entity.js';
import { Action } from '../action.entity.js';
import { ActionHistory, type LockedAction } from '../history/action-history.service.js';
import { lastRowOn } from '../history/history.rules.js';
import { changeEvents } from './action-events.js';

/**
 * Undoes an update that nobody outside its open session knows of: the only rows that are ever deleted from a history.
 */
@Injectable()
export class UpdateUndo {
  constructor(
    private readonly history: ActionHistory,
    private readonly clock: Clock,
  ) {}

  /**
   * Deletes the last update of an action, with the rows it reapplied, so that the action and every figure read as if it
   * had never been entered. 409 `ACTION_CHANGED_SINCE` if the action was changed after it. The caller has locked the
   * session.
   */
  async takeBack(manager: EntityManager, actionId: string, updateId: string): Promise<LockedAction> {
    const action = await this.history.lock(manager, actionId);
    const history = (await this.history.all(manager, [action])).get(actionId)!;
    const entry = history.find(({ id }) => id === updateId);
    const isLast = entry && !history.some((one) => one.sequence > entry.sequence && one.restatesId === null);
    if (!isLast) throw changedSince();
    const former = history.filter(({ sequence }) => sequence < entry.sequence);
    const { coOwnerIds, ...state } = lastRowOn(former, '9999-12-31')!.state;
    // Finished work stays with an organisation that is merged; reopened it would be left there.
    const doers = [...(state.ownerId ? [state.ownerId] : []), ...coOwnerIds];
    const isReopened = action.closedOn !== null && state.closedOn === null;
    if (isReopened && (await choosableOf(manager, doers)).length < doers.length) throw changedSince();
    const own = 'DELETE FROM "action_updates" WHERE "actionId" = $1 AND "sequence" >= $2';
    await execute(manager, own, [actionId, entry.sequence]);
    await updateRow(manager, Action, actionId, { ...state, titleKey: storedKey(state.title) });
    const gone = action.coOwnerIds.filter((id) => !coOwnerIds.includes(id));
    if (gone.length > 0) await manager.delete(ActionCoOwner, { actionId, organisationId: In(gone) });
    const back = coOwnerIds.filter((id) => !action.coOwnerIds.includes(id));
    const links = back.map((organisationId) => ({ actionId, organisationId }));
    await insertRows(manager, 'action_co_owners', links);
    await appendEvents(manager, this.clock.moment(), () => changeEvents(manager, [{ ...action, ...state }]));
    return action;
  }
}

const changedSince = () => conflict('ACTION_CHANGED_SINCE', 'This action was changed since; change it again instead.');

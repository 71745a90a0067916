import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ActionHistory, type LockedAction } from '../actions/history/action-history.service.js';
import { ActionSessions } from '../actions/action-sessions.service.js';
import type { Change } from '../actions/history/action-update.entity.js';
import { ActionChanges } from '../actions/changes/action-changes.service.js';
import { subjectOf } from '../actions/changes/change-audit.rules.js';
import { filledIn } from '../actions/deadlines.rules.js';
import type { Session } from '../meetings/session.entity.js';
import type { Actor } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { inForce, execute, row } from '../platform/database/rows.js';
import { NEXT_VERSION } from '../platform/database/writes.js';
import type { ActionAtClosing, ItemAtClosing } from './sessions.rules.js';

const FILLED_IN = 'Aangevuld bij het afsluiten van de vergadering';

/**
 * Completes what is hidden from the person closing a session, who cannot be asked for it without being told that it
 * exists. The closing rule then holds for everyone.
 */
@Injectable()
export class HiddenGaps {
  constructor(
    private readonly history: ActionHistory,
    private readonly sessions: ActionSessions,
    private readonly changes: ActionChanges,
    private readonly audit: Audit,
  ) {}

  /** Marks hidden topics without content as not discussed, so that they return in the next session. */
  async passOver(manager: EntityManager, areaId: string, items: readonly ItemAtClosing[], by: Actor): Promise<void> {
    const sql = `UPDATE "agenda_items" SET "state" = 'not_discussed', ${NEXT_VERSION} WHERE "id" = $1`;
    for (const { id } of items) {
      await execute(manager, sql, [id]);
      const subject = { type: 'agenda_item', id, areaId, isConfidential: true };
      await this.audit.record(manager, by, 'agenda_item.changed', subject);
    }
  }

  /**
   * Fills in what hidden actions lack: the organisation of the person who recorded it, always one of its parties,
   * becomes the owner, and the next session the deadline. One that was handed back continues to wait for a new owner.
   */
  async complete(
    manager: EntityManager,
    session: Pick<Session, 'id' | 'heldOn' | 'meetingId'>,
    actions: readonly ActionAtClosing[],
    by: Actor,
  ): Promise<void> {
    const ids = actions.map(({ id }) => id);
    for (const action of ids.length > 0 ? await this.history.lockAll(manager, ids) : []) {
      const effectiveOn = action.lastEffectiveOn > session.heldOn ? action.lastEffectiveOn : session.heldOn;
      const owner: Change =
        action.ownerId === null && !action.isHandedBack ? { ownerId: await recorderOf(manager, action) } : {};
      const planned = await this.sessions.of(manager, session.meetingId, effectiveOn);
      const due: Change = action.dueKind === null ? filledIn({ dueKind: 'next_session' }, effectiveOn, planned) : {};
      const context = { by, sessionId: session.id, comment: FILLED_IN };
      await this.changes.apply(manager, action, { ...owner, ...due }, effectiveOn, context);
      await this.audit.record(manager, by, 'action.completed', subjectOf(action));
    }
  }
}

/** The party whose member recorded the action; its first party if that person is no longer a member of any. */
async function recorderOf(manager: EntityManager, { id, recordedOn, partyIds }: LockedAction): Promise<string> {
  const found = await row<{ organisationId: string }>(
    manager,
    `SELECT p."organisationId" FROM "action_parties" p
     JOIN "action_updates" u ON u."actionId" = p."actionId" AND u."kind" = 'recorded'
     JOIN "memberships" m ON m."organisationId" = p."organisationId" AND m."personId" = u."recordedById" AND ${inForce('m', '$2')}
     WHERE p."actionId" = $1 ORDER BY p."organisationId" LIMIT 1`,
    [id, recordedOn],
  );
  return found?.organisationId ?? [...partyIds].sort()[0];
}

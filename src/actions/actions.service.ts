import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { mustMatch } from '../platform/common/etag.js';
import type { Page } from '../platform/common/paging.js';
import { conflict, type FieldError, forbidden, invalid, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { FormerStates } from '../platform/database/former-states.js';
import { execute, row } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { insertRow } from '../platform/database/writes.js';
import { mayWrite, sightOf } from './action-access.rules.js';
import { ActionHistory, type LockedAction } from './action-history.service.js';
import { ActionLists } from './action-lists.service.js';
import { ActionReading } from './action-reading.service.js';
import { ActionRecording } from './action-recording.service.js';
import { ActionReferences } from './action-references.service.js';
import { ActionSessions } from './action-sessions.service.js';
import { ActionUpdates } from './action-updates.service.js';
import type { CreateUpdateDto } from './action-updates.dto.js';
import type { EnteredUpdateView } from './action-updates.views.js';
import { Announcements } from './announcements.service.js';
import type { ActionListDto, ChangeActionDto, CreateActionDto, CreateSessionActionDto } from './actions.dto.js';
import type { ActionLine, ActionView, PublicActionLine } from './actions.views.js';
import { ActionChanges } from './changes/action-changes.service.js';
import { confidentialEditGaps, editedOn, freshlyNamed, subjectOf } from './changes/planned-changes.rules.js';
import type { SessionRef } from './changes/session-refs.rules.js';

/** The verbs of an action. */
@Injectable()
export class Actions {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly lists: ActionLists,
    private readonly reading: ActionReading,
    private readonly recording: ActionRecording,
    private readonly updates: ActionUpdates,
    private readonly history: ActionHistory,
    private readonly changes: ActionChanges,
    private readonly references: ActionReferences,
    private readonly sessions: ActionSessions,
    private readonly announcements: Announcements,
    private readonly audit: Audit,
    private readonly former: FormerStates,
  ) {}

  list(query: ActionListDto, caller: Caller): Promise<Page<ActionLine | PublicActionLine>> {
    return this.lists.list(query, caller);
  }

  /** All of a list at once, for a table. */
  table(query: ActionListDto, caller: Caller): Promise<(ActionLine | PublicActionLine)[]> {
    return this.lists.table(query, caller);
  }

  /** The actions with these numbers of which the caller may read all. */
  numbered(numbers: readonly string[], caller: Caller): Promise<ActionLine[]> {
    return this.lists.numbered(numbers, caller);
  }

  /** The actions recorded in a session, also those that lack an owner or a deadline; in the order of recording. */
  async listOfSession(sessionId: string, query: ActionListDto, caller: Caller) {
    await this.sessions.find(this.database.reader, sessionId, caller);
    return this.lists.list({ ...query, session: sessionId }, caller, true);
  }

  read(id: string, caller: Caller): Promise<ActionView | PublicActionLine> {
    return this.reading.read(id, caller);
  }

  /** Records an action between sessions and tells its owner the same day; owner and deadline are required. */
  record(input: CreateActionDto, by: Caller): Promise<ActionView> {
    return this.transactions.run(async (manager) => {
      const recorded = await this.recordWithin(manager, input, null, by.today, by);
      await this.announcements.plan(manager, recorded.id, by);
      return recorded;
    }, by.once);
  }

  /** Records an action in an open session, on the day of the session. */
  recordInSession(sessionId: string, input: CreateSessionActionDto, by: Caller): Promise<ActionView> {
    return this.transactions.run((manager) => this.recordAtTable(manager, sessionId, input, by), by.once);
  }

  /** The same inside a transaction of the caller. */
  async recordAtTable(
    manager: EntityManager,
    sessionId: string,
    input: CreateSessionActionDto,
    by: Caller,
  ): Promise<ActionView> {
    const session = await this.sessions.openForWriting(manager, sessionId, by);
    const recordedOn = session.heldOn < by.today ? session.heldOn : by.today;
    return this.recordWithin(manager, input, session, recordedOn, by);
  }

  /** The same inside a transaction of the caller; `recordedOn` is the day it was agreed. */
  async recordWithin(
    manager: EntityManager,
    input: CreateActionDto,
    session: SessionRef | null,
    recordedOn: string,
    by: Caller,
  ): Promise<ActionView> {
    const recorded = await this.recording.record(manager, input, session, recordedOn, by);
    await this.audit.record(manager, by, 'action.recorded', { type: 'action', ...recorded });
    return this.reading.view(manager, recorded.id, by);
  }

  /** Enters a status, a deadline, an owner, a handing back or a comment. */
  update(id: string, input: CreateUpdateDto, by: Caller): Promise<EnteredUpdateView> {
    return this.updates.enter(id, input, by);
  }

  /** Edits what is not a status, deadline or owner. */
  change(id: string, input: ChangeActionDto, version: number, by: Caller): Promise<ActionView> {
    return this.transactions.run((manager) => this.changeWithin(manager, id, input, version, by));
  }

  /** The same inside a transaction of the caller. */
  async changeWithin(
    manager: EntityManager,
    id: string,
    input: ChangeActionDto,
    version: number,
    by: Caller,
  ): Promise<ActionView> {
    const action = await this.lockForChair(manager, id, version, by);
    const gaps = await this.gaps(manager, action, input, by);
    if (gaps.length > 0) throw invalid(gaps);
    if (input.partyIds) await this.keepParties(manager, action, input.partyIds);
    const { title, theme, isPublic, coOwnerIds, checkOn, partyIds = action.partyIds, ...also } = input;
    const edit = { title, theme, isPublic, coOwnerIds, checkOn, edited: true as const };
    const effectiveOn = editedOn(action, by);
    await this.former.keep(manager, 'actions', id, also, effectiveOn);
    await this.changes.apply(manager, action, edit, effectiveOn, { by }, also);
    await this.audit.record(manager, by, 'action.edited', subjectOf({ ...action, partyIds }));
    return this.reading.view(manager, id, by);
  }

  /** Takes back what was recorded by mistake, while its session is open; the number is not used again. */
  withdraw(id: string, reason: string, version: number, by: Caller): Promise<ActionView> {
    return this.transactions.run(async (manager) => {
      const action = await this.lockForChair(manager, id, version, by);
      if (!action.isOriginOpen) {
        throw conflict(
          'SESSION_NOT_OPEN',
          'An action is withdrawn only while the session in which it was recorded is open.',
        );
      }
      // From its first day on, so that no figure of an earlier day counts it.
      await this.changes.apply(manager, action, { withdraw: true, reason }, action.recordedOn, { by });
      await this.audit.record(manager, by, 'action.withdrawn', subjectOf(action));
      return this.reading.view(manager, id, by);
    });
  }

  private async lockForChair(manager: EntityManager, id: string, version: number, by: Caller): Promise<LockedAction> {
    const action = await this.history.lock(manager, id);
    if (sightOf(by, action) === 'none') throw notFound();
    if (!mayWrite(by, action)) throw forbidden();
    mustMatch(action, version);
    if (action.isWithdrawn) throw conflict('ACTION_WITHDRAWN', 'This action was withdrawn.');
    return action;
  }

  private async gaps(
    manager: EntityManager,
    action: LockedAction,
    input: ChangeActionDto,
    by: Caller,
  ): Promise<FieldError[]> {
    const gaps = await this.references.gaps(manager, { ...input, ...freshlyNamed(action, input) }, by);
    if (input.followsOnId === action.id)
      gaps.push({ field: 'followsOnId', message: 'an action cannot follow on itself' });
    if (input.agendaItemId) {
      const item = await this.references.item(manager, input.agendaItemId, action.sessionId, by);
      if (!item || (item.isConfidential && !action.isConfidential)) {
        gaps.push({ field: 'agendaItemId', message: 'agendaItemId is not an item of its session' });
      }
    }
    return [...gaps, ...confidentialEditGaps(action, input, by)];
  }

  /** Once the minutes of its session are sent, parties can be added but not taken away. */
  private async keepParties(manager: EntityManager, action: LockedAction, partyIds: string[]): Promise<void> {
    const gone = action.partyIds.filter((id) => !partyIds.includes(id));
    if (gone.length > 0 && (await this.hasSentMinutes(manager, action.sessionId))) {
      throw conflict('MINUTES_SENT', 'The minutes were sent: parties can be added but not taken away.');
    }
    for (const organisationId of gone) {
      const link = [action.id, organisationId];
      await execute(manager, 'DELETE FROM "action_parties" WHERE "actionId" = $1 AND "organisationId" = $2', link);
    }
    for (const organisationId of partyIds.filter((id) => !action.partyIds.includes(id))) {
      await insertRow(manager, 'action_parties', { actionId: action.id, organisationId });
    }
  }

  private async hasSentMinutes(manager: EntityManager, sessionId: string | null): Promise<boolean> {
    const sent = await row(manager, `SELECT 1 FROM "minutes" WHERE "sessionId" = $1 AND "state" <> 'concept'`, [
      sessionId,
    ]);
    return sent !== undefined;
  }
}

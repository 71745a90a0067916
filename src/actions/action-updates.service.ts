import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller, Subject } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { mustMatch } from '../platform/common/etag.js';
import { newId } from '../platform/common/ids.js';
import type { Page, PagingDto } from '../platform/common/paging.js';
import { type FieldError, forbidden, invalid } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { pageOf, Params, row } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { mayWrite, mustBeAllowed } from './action-access.rules.js';
import { ActionHistory, type LockedAction } from './action-history.service.js';
import { ActionReading } from './action-reading.service.js';
import { ActionReferences, partyGaps } from './action-references.service.js';
import { ActionSessions } from './action-sessions.service.js';
import type { CreateUpdateDto } from './action-updates.dto.js';
import type { ActionState, Change } from './action-update.entity.js';
import { changeGaps } from './actions.rules.js';
import { deadlineMistakes, isAtOrigin, isCheckAnswered } from './deadlines.rules.js';
import { askedBy, happenedOn, lastRowOn, updateGaps } from './history.rules.js';
import {
  type EnteredUpdateView,
  toUpdateView,
  UPDATE_COLUMNS,
  UPDATE_JOINS,
  UPDATE_SHAPE,
  type UpdateRow,
  type UpdateView,
} from './action-updates.views.js';

/** An update that was written but not yet recorded in the audit trail. */
export interface Appended {
  id: string;
  /** The action's version after it. */
  version: number;
  operation: string;
  subject: Subject;
}

@Injectable()
export class ActionUpdates {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly history: ActionHistory,
    private readonly reading: ActionReading,
    private readonly sessions: ActionSessions,
    private readonly references: ActionReferences,
    private readonly audit: Audit,
  ) {}

  /** What happened to an action, in the order in which it happened; rows that only state others again are left out. */
  async list(actionId: string, query: PagingDto, caller: Caller): Promise<Page<UpdateView>> {
    const action = await this.reading.read(actionId, caller);
    if (!('allowed' in action)) throw forbidden();
    const params = new Params();
    const where = `u."actionId" = ${params.add(actionId)} AND u."restatesId" IS NULL`;
    const page = await pageOf<UpdateRow>(
      this.database.reader,
      {
        select: UPDATE_COLUMNS,
        from: `"action_updates" u ${UPDATE_JOINS}`,
        where,
        orderBy: 'u."effectiveOn", u."sequence"',
        params,
        shape: UPDATE_SHAPE,
      },
      query,
    );
    return { ...page, items: page.items.map(toUpdateView) };
  }

  /** Enters an update. Answers it with the action after it. */
  enter(actionId: string, input: CreateUpdateDto, by: Caller): Promise<EnteredUpdateView> {
    return this.transactions.run((manager) => this.enterWithin(manager, actionId, input, by), by.once);
  }

  /** The same inside a transaction of the caller. */
  async enterWithin(
    manager: EntityManager,
    actionId: string,
    input: CreateUpdateDto,
    by: Caller,
  ): Promise<EnteredUpdateView> {
    const { id, operation, subject } = await this.append(manager, actionId, input, by);
    await this.audit.record(manager, by, operation, subject);
    return this.view(manager, id, actionId, by);
  }

  /**
   * The same, for a caller that records it in the audit trail itself, after its other rows: the trail is locked until the
   * end of the transaction. 412 when the action is not of this `version`. What is refused is refused before anything is
   * written, so that the caller may go on with another action.
   */
  async append(
    manager: EntityManager,
    actionId: string,
    input: CreateUpdateDto,
    by: Caller,
    version?: number,
  ): Promise<Appended> {
    const session = input.sessionId ? await this.sessions.openOfMeeting(manager, input.sessionId, by) : undefined;
    const action = await this.history.lock(manager, actionId);
    mustBeAllowed(by, action, input);
    if (version !== undefined) mustMatch(action, version);
    const { recordedOn } = action;
    // What a chair enters of an action while its session is open belongs to that session.
    const sessionOn = session?.heldOn ?? (action.isOriginOpen && mayWrite(by, action) ? recordedOn : undefined);
    const effectiveOn = happenedOn(input, recordedOn, sessionOn, by.today);
    const isIn = session && session.meetingId === action.meetingId;
    const impossible = [
      ...updateGaps(input, effectiveOn, recordedOn, by.today),
      ...(input.sessionId && !isIn
        ? [{ field: 'sessionId', message: 'sessionId is not a session of its meeting' }]
        : []),
    ];
    if (impossible.length > 0) throw invalid(impossible);
    const change = await this.changeOf(manager, input, action, effectiveOn);
    const history = await this.history.before(manager, action, effectiveOn);
    const before = lastRowOn(history, effectiveOn)!.state;
    const occasion = { effectiveOn, isAtOrigin: isAtOrigin(action, session?.id ?? null, effectiveOn) };
    const gaps = [...deadlineMistakes(input), ...changeGaps(before, change, occasion)];
    gaps.push(...(await this.referenceGaps(manager, input, action, before, by)));
    if (gaps.length > 0) throw invalid(gaps);
    const { onBehalfOfId, comment } = input;
    const told = { by, sessionId: session?.id, onBehalfOfId, comment };
    const entered = await this.history.append(manager, action, history, { id: newId(), change, ...occasion }, told);
    const { areaId, isConfidential, partyIds } = action;
    const subject = { type: 'action', id: actionId, areaId, isConfidential, partyIds };
    return { id: entered.id, version: action.version + 1, operation: `action.${entered.kind}`, subject };
  }

  private async view(manager: EntityManager, id: string, actionId: string, by: Caller): Promise<EnteredUpdateView> {
    const update = await row<UpdateRow>(
      manager,
      `SELECT ${UPDATE_COLUMNS} FROM "action_updates" u ${UPDATE_JOINS} WHERE u."id" = $1`,
      [id],
      UPDATE_SHAPE,
    );
    const action = await this.reading.view(manager, actionId, by);
    return { ...toUpdateView(update!), action, version: action.version };
  }

  /** What is asked, with what hangs on the next session filled in, and the note of the discussion as reason. */
  private async changeOf(
    manager: EntityManager,
    input: CreateUpdateDto,
    action: LockedAction,
    effectiveOn: string,
  ): Promise<Change> {
    const change = askedBy(input);
    const { sessionId } = input;
    if (sessionId && !change.reason) change.reason = await this.noteOf(manager, sessionId, action.id);
    const { meetingId, dueKind } = action;
    if (!isCheckAnswered(action, change, effectiveOn)) {
      return this.sessions.filledIn(manager, meetingId, change, effectiveOn);
    }
    const { checkOn } = await this.sessions.filledIn(manager, meetingId, { dueKind }, effectiveOn);
    return { ...change, checkOn };
  }

  private async noteOf(manager: EntityManager, sessionId: string, actionId: string): Promise<string | undefined> {
    const discussion = await row<{ note: string | null }>(
      manager,
      'SELECT "note" FROM "discussions" WHERE "sessionId" = $1 AND "actionId" = $2',
      [sessionId, actionId],
    );
    return discussion?.note ?? undefined;
  }

  private async referenceGaps(
    manager: EntityManager,
    input: CreateUpdateDto,
    action: LockedAction,
    before: ActionState,
    by: Caller,
  ): Promise<FieldError[]> {
    const { ownerId, ownerPersonId, onBehalfOfId } = input;
    const owner = ownerId ?? (ownerPersonId ? before.ownerId : undefined);
    const gaps = await this.references.gaps(manager, { ownerId: owner, ownerPersonId, onBehalfOfId }, by);
    if (action.isConfidential && ownerId) gaps.push(...partyGaps(action.partyIds, { ownerId }, by));
    return gaps;
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CreateUpdateDto } from '../actions/history/action-updates.dto.js';
import { ActionUpdates } from '../actions/action-updates.service.js';
import { Discussion } from '../actions/discussions/discussion.entity.js';
import { amendTreatment, noteTreatment, noteTreatments } from '../actions/discussions/treatments.js';
import { lockSession, readableSession, type SessionOrId } from '../meetings/meetings.access.js';
import type { Session } from '../meetings/session.entity.js';
import { hasBeenClosed } from '../meetings/sessions.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { RowHistory } from '../platform/database/row-history.js';
import { Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { DiscussionViews } from './discussion-views.service.js';
import type { ChangeDiscussionDto, DiscussionListDto, DiscussionView } from './discussions.dto.js';

/** The discussion of the actions that a session took over. */
@Injectable()
export class Discussions {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly updates: ActionUpdates,
    private readonly clock: Clock,
    private readonly former: RowHistory,
    private readonly views: DiscussionViews,
  ) {}

  /**
   * In order of discussion: urgent actions, the rest, those reported done. Empty until the minutes are sent for those who
   * do not write in the session.
   */
  async list(ref: SessionOrId, query: DiscussionListDto, caller: Caller) {
    const source = this.database.reader;
    const { id: sessionId, areaId } = await readableSession(source, ref, caller);
    const { page, pageSize, section } = query;
    const whole = await this.views.inOrderAtOnce(source, sessionId, caller);
    const all = section ? whole.filter((one) => one.section === section) : whole;
    const items = all.slice((page - 1) * pageSize, page * pageSize);
    if (items.some(({ isConfidential }) => isConfidential)) {
      await this.transactions.run((manager) =>
        this.audit.record(manager, caller, 'discussions.read', {
          type: 'session',
          id: sessionId,
          areaId,
          isConfidential: true,
        }),
      );
    }
    return { items, total: all.length, page, pageSize };
  }

  /** Records how an action was discussed; only while the session is open. */
  change(id: string, input: ChangeDiscussionDto, version: number, by: Caller): Promise<DiscussionView> {
    return this.transactions.run(async (manager) => {
      const { before, after } = await this.changeWithin(manager, id, input, version, by);
      if (after.outcome !== before.outcome) await noteTreatment(manager, id, before, this.clock.moment());
      return after;
    });
  }

  /** Records the discussion and updates the action in one transaction; the note serves as the reason of the update. */
  treat(
    id: string,
    input: ChangeDiscussionDto,
    update: Omit<CreateUpdateDto, 'sessionId'>,
    version: number,
    by: Caller,
  ): Promise<DiscussionView> {
    return this.transactions.run(async (manager) => {
      const { before, after } = await this.changeWithin(manager, id, input, version, by);
      const { sessionId, actionId } = after;
      await this.updates.enterWithin(manager, actionId, { ...update, sessionId }, by);
      await amendTreatment(manager, id, before);
      return this.views.one(manager, id, sessionId, by);
    });
  }

  /** Accepts every action reported done that has no outcome yet. Returns how many; 0 when repeated. */
  acceptReported(sessionId: string, by: Caller, version?: number): Promise<number> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await lockSession(manager, sessionId, by);
      if (version !== undefined) mustMatch(session, version);
      if (session.state !== 'open')
        throw conflict('SESSION_NOT_OPEN', 'Actions can only be discussed in an open session.');
      const waiting = (await this.views.inOrder(manager, sessionId, by)).filter(
        ({ section, outcome }) => section === 'reported_done' && outcome === null,
      );
      for (const one of waiting) await this.write(manager, session, one.id, { outcome: 'accepted' });
      const presses = waiting.map((one) => ({ discussionId: one.id, before: one, updateId: null }));
      await noteTreatments(manager, presses, this.clock.moment());
      if (waiting.length === 0) return 0;
      const isConfidential = waiting.some((one) => one.isConfidential);
      const subject = { type: 'session', id: sessionId, areaId: meeting.areaId, isConfidential };
      await this.audit.record(manager, by, 'discussions.accepted', subject);
      return waiting.length;
    });
  }

  private async changeWithin(
    manager: EntityManager,
    id: string,
    input: ChangeDiscussionDto,
    version: number,
    by: Caller,
  ): Promise<{ before: Discussion; after: DiscussionView }> {
    const { session, discussion, subject } = await this.hold(manager, id, by);
    mustMatch(discussion, version);
    await this.write(manager, session, id, input);
    await this.audit.record(manager, by, 'discussion.changed', subject);
    return { before: discussion, after: await this.views.one(manager, id, session.id, by) };
  }

  /**
   * Locks the open session of a discussion; 404 if hidden from the caller, 403 if they may not change it, 409 if not
   * open.
   */
  async hold(manager: EntityManager, id: string, by: Caller) {
    const { sessionId, actionId, isConfidential } = await this.views.known(manager, id, by);
    const { session, meeting } = await lockSession(manager, sessionId, by);
    if (session.state !== 'open')
      throw conflict('SESSION_NOT_OPEN', 'Actions can only be discussed in an open session.');
    const subject = { type: 'action', id: actionId, areaId: meeting.areaId, isConfidential };
    return { session, discussion: await manager.findOneByOrFail(Discussion, { id }), subject };
  }

  /** Writes a discussion; if the session was closed before, the former state is kept for reviews. */
  async write(manager: EntityManager, session: Session, id: string, change: ChangeDiscussionDto): Promise<void> {
    if (hasBeenClosed(session)) await this.former.keep(manager, 'discussions', id, change);
    await updateRow(manager, Discussion, id, change);
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UpdateUndo } from '../actions/changes/update-undo.service.js';
import type { Discussion } from '../actions/discussions/discussion.entity.js';
import { dropTreatment, lastTreatment } from '../actions/discussions/treatments.js';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict } from '../platform/common/problems.js';
import { Transactions } from '../platform/database/transactions.js';
import { lockSession } from '../meetings/meetings.access.js';
import type { Session } from '../meetings/session.entity.js';
import type { DiscussionView } from './discussions.dto.js';
import { DiscussionViews } from './discussion-views.service.js';
import { Discussions } from './discussions.service.js';

/** Undoes answers given during a session, while it is open. */
@Injectable()
export class TreatmentUndo {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly discussions: Discussions,
    private readonly views: DiscussionViews,
    private readonly updates: UpdateUndo,
  ) {}

  /**
   * Undoes the last answer about an action: restores the outcome, the note, and the action as it was before the update
   * recorded with it. A note that was edited since is kept. 409 `NOTHING_TO_UNDO` if there is none, and
   * `ACTION_CHANGED_SINCE` if the action was changed after it.
   */
  undo(id: string, version: number, by: Caller): Promise<DiscussionView> {
    return this.transactions.run(async (manager) => {
      const { session, discussion, subject } = await this.discussions.hold(manager, id, by);
      mustMatch(discussion, version);
      if (!(await this.takeBack(manager, session, discussion))) {
        throw conflict('NOTHING_TO_UNDO', 'Nothing was recorded about this action in this session.');
      }
      await this.audit.record(manager, by, 'discussion.taken_back', subject);
      return this.views.one(manager, id, session.id, by);
    });
  }

  /** Undoes the acceptance of all actions reported done that the caller may know. Returns how many. */
  undoAccepted(sessionId: string, version: number, by: Caller): Promise<number> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await lockSession(manager, sessionId, by);
      mustMatch(session, version);
      if (session.state !== 'open')
        throw conflict('SESSION_NOT_OPEN', 'Only acceptances of an open session can be undone.');
      const accepted = await this.views.accepted(manager, sessionId, by);
      for (const { id } of accepted) {
        const { discussion } = await this.discussions.hold(manager, id, by);
        await this.takeBack(manager, session, discussion);
      }
      if (accepted.length === 0) return 0;
      const isConfidential = accepted.some((one) => one.isConfidential);
      const subject = { type: 'session', id: sessionId, areaId: meeting.areaId, isConfidential };
      await this.audit.record(manager, by, 'discussions.acceptance_undone', subject);
      return accepted.length;
    });
  }

  private async takeBack(manager: EntityManager, session: Session, discussion: Discussion): Promise<boolean> {
    const last = await lastTreatment(manager, discussion.id);
    if (!last) return false;
    const isAsLeft = discussion.version === last.versionAfter;
    const note = isAsLeft ? { note: last.noteBefore } : {};
    if (last.updateId !== null) await this.updates.takeBack(manager, discussion.actionId, last.updateId);
    await this.discussions.write(manager, session, discussion.id, { outcome: last.outcomeBefore, ...note });
    await dropTreatment(manager, last);
    return true;
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ActionDeadlines } from '../../actions/deadlines/action-deadlines.service.js';
import { ActionHistory } from '../../actions/history/action-history.service.js';
import type { Change } from '../../actions/history/action-update.entity.js';
import { Announcements } from '../../actions/announcements/announcements.service.js';
import { ActionSessions } from '../../actions/action-sessions.service.js';
import { ActionChanges } from '../../actions/changes/action-changes.service.js';
import { lastRowOf } from '../../actions/history/action-state.js';
import { auditEntriesOf } from '../../actions/changes/change-audit.rules.js';
import { plannedChange } from '../../actions/changes/planned-changes.rules.js';
import { presentDay } from '../../actions/history/history.rules.js';
import type { Session } from '../../meetings/session.entity.js';
import type { Actor } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { chunks } from '../../platform/database/rows.js';

/** Where an action goes: to another meeting, or on without one; the comment says so in its history. */
interface Destination {
  meetingId: string | null;
  comment: string;
}

/** Which meeting discusses an open action, after it was recorded. */
@Injectable()
export class MeetingActions {
  constructor(
    private readonly sessions: ActionSessions,
    private readonly history: ActionHistory,
    private readonly changes: ActionChanges,
    private readonly deadlines: ActionDeadlines,
    private readonly announcements: Announcements,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes the open actions that no meeting discusses and that would be recorded for this one today, then brings deadlines
   * "volgend overleg" to its next session. An action has no meeting because none existed when it was recorded, or because
   * its area was moved since; one that was to go on without a meeting stays so.
   */
  async gather(manager: EntityManager, { meetingId }: Pick<Session, 'meetingId'>, by: Actor): Promise<void> {
    const { name, actionIds } = await this.sessions.waitingFor(manager, meetingId, this.clock.today());
    await this.move(manager, actionIds, { meetingId, comment: `Komt voortaan aan de orde in ${name}.` }, by);
    await this.deadlines.follow(manager, { meetingId }, by);
  }

  /**
   * Moves open actions, with a line in the history and the audit trail of each. Nobody is mailed about it, except the
   * owners of those who were to hear of them in a session, if they go on without a meeting.
   */
  async move(manager: EntityManager, ids: readonly string[], to: Destination, by: Actor): Promise<void> {
    const today = this.clock.today();
    const { meetingId, comment } = to;
    const change: Change = { edited: true, withoutMeeting: meetingId === null ? true : undefined };
    for (const some of chunks(ids)) {
      const moved = (await this.history.lockAll(manager, some)).map((action) => {
        const effectiveOn = presentDay(action, today);
        const entry = { change, effectiveOn, isAtOrigin: false };
        return plannedChange(action, [lastRowOf(action)], entry, { by, comment }, { meetingId });
      });
      await this.changes.write(manager, moved);
      await this.audit.recordAll(manager, by, moved.flatMap(auditEntriesOf));
      if (meetingId === null) await this.announcements.planWithoutMeeting(manager, some);
    }
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { chunks, rows } from '../../platform/database/rows.js';
import type { Session } from '../../meetings/session.entity.js';
import { ActionHistory } from '../history/action-history.service.js';
import { ActionSessions } from '../action-sessions.service.js';
import { ActionChanges } from '../changes/action-changes.service.js';
import { lastRowOf } from '../history/action-state.js';
import { auditEntriesOf } from '../changes/change-audit.rules.js';
import { plannedChange } from '../changes/planned-changes.rules.js';
import { datesOfNextSession, followedDueOn } from '../deadlines.rules.js';
import { presentDay } from '../history/history.rules.js';

interface Hanging {
  id: string;
  dueOn: string | null;
  checkOn: string | null;
  agreedOn: string;
}

/** Moves deadlines "volgend overleg" when sessions are planned, moved or cancelled; that is not a postponement. */
@Injectable()
export class ActionDeadlines {
  constructor(
    private readonly sessions: ActionSessions,
    private readonly history: ActionHistory,
    private readonly changes: ActionChanges,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Moves everything that depends on the next session of a meeting to its current date. */
  async follow(manager: EntityManager, { meetingId }: Pick<Session, 'meetingId'>, by: Actor): Promise<void> {
    const hanging = await this.hanging(manager, meetingId);
    if (hanging.length === 0) return;
    const first = hanging.map(({ agreedOn }) => agreedOn).reduce((one, other) => (one < other ? one : other));
    const sessions = await this.sessions.of(manager, meetingId, first);
    const next = new Map<string, string | null>();
    for (const { id, dueOn, checkOn, agreedOn } of hanging) {
      const day = followedDueOn(dueOn, agreedOn, sessions);
      const isAskedFor = day !== null || checkOn !== null;
      if (day !== dueOn || !isAskedFor) next.set(id, day);
    }
    for (const some of chunks([...next.keys()])) await this.moveAlong(manager, some, next, by);
  }

  /** Actions waiting for the next session of a meeting, with the day on which that was agreed. */
  private hanging(manager: EntityManager, meetingId: string): Promise<Hanging[]> {
    return rows<Hanging>(
      manager,
      `SELECT a."id", a."dueOn", a."checkOn", (
         SELECT max(u."effectiveOn") FROM "action_updates" u
         WHERE u."actionId" = a."id" AND u."restatesId" IS NULL AND (u."kind" = 'recorded' OR (
           u."changes" LIKE '%"dueKind":"next_session"%' AND u."changes" NOT LIKE '%"movesAlong":true%'))) AS "agreedOn"
       FROM "actions" a
       WHERE a."meetingId" = $1 AND a."closedOn" IS NULL AND a."dueKind" = 'next_session' AND NOT a."isWithdrawn"
       ORDER BY a."id"`,
      [meetingId],
    );
  }

  private async moveAlong(
    manager: EntityManager,
    ids: readonly string[],
    next: ReadonlyMap<string, string | null>,
    by: Actor,
  ): Promise<void> {
    const today = this.clock.today();
    const moved = (await this.history.lockAll(manager, ids)).map((action) => {
      const effectiveOn = presentDay(action, today);
      const dates = datesOfNextSession(next.get(action.id)!, effectiveOn);
      const change = { dueKind: 'next_session', ...dates, movesAlong: true } as const;
      return plannedChange(action, [lastRowOf(action)], { change, effectiveOn, isAtOrigin: false }, { by });
    });
    await this.changes.write(manager, moved);
    await this.audit.recordAll(manager, by, moved.flatMap(auditEntriesOf));
  }
}

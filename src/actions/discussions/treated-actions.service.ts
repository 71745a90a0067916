import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/common/clock.js';
import { newId } from '../../platform/common/ids.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { row } from '../../platform/database/rows.js';
import { updateRow } from '../../platform/database/writes.js';
import type { PlannedChange } from '../changes/planned-change.js';
import { noteTreatment } from './treatments.js';
import { Discussion, type DiscussionOutcome } from './discussion.entity.js';

interface Found {
  id: string | null;
  outcome: DiscussionOutcome | null;
  note: string | null;
  hasBeenClosed: boolean;
}

/** The discussion ($1 action, $2 session) with whether its session was closed before; its columns are null when there is none. */
const DISCUSSION = `SELECT d."id", d."outcome", d."note", (s."reopeningReason" IS NOT NULL) AS "hasBeenClosed"
  FROM "sessions" s LEFT JOIN "discussions" d ON d."sessionId" = s."id" AND d."actionId" = $1 WHERE s."id" = $2`;

/** Marks as discussed in a session what was entered in it. */
@Injectable()
export class TreatedActions {
  constructor(
    private readonly former: RowHistory,
    private readonly clock: Clock,
  ) {}

  /** What was recorded in the session itself stands in its minutes already. */
  async mark(manager: EntityManager, changes: readonly PlannedChange[]): Promise<void> {
    for (const { action, before, appended } of changes) {
      if (before === null) continue;
      const entered = appended.filter(({ row: one }) => one.restatesId === null && one.kind !== 'edit');
      for (const { context, row: one } of entered) {
        const { sessionId } = context;
        if (sessionId && sessionId !== action.sessionId) await this.markOne(manager, action.id, sessionId, one.id);
      }
    }
  }

  private async markOne(manager: EntityManager, actionId: string, sessionId: string, updateId: string): Promise<void> {
    const found = (await row<Found>(manager, DISCUSSION, [actionId, sessionId], { hasBeenClosed: 'boolean' }))!;
    const { id, outcome, note, hasBeenClosed } = found;
    let discussionId = id;
    if (id === null) {
      const fresh = { id: newId(), sessionId, actionId, kind: 'open', outcome: 'updated', note: null } as const;
      if (hasBeenClosed) await this.former.keepAbsence(manager, 'discussions', fresh.id);
      await manager.insert(Discussion, fresh);
      discussionId = fresh.id;
    } else if (outcome === null || outcome === 'not_discussed') {
      if (hasBeenClosed) await this.former.keep(manager, 'discussions', id, { outcome: 'updated' });
      await updateRow(manager, Discussion, id, { outcome: 'updated' });
    }
    await noteTreatment(manager, discussionId!, { outcome, note }, { updateId, recordedAt: this.clock.moment() });
  }
}

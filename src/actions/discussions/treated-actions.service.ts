import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/common/clock.js';
import { newId } from '../../platform/common/ids.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { chunks, Params, rows } from '../../platform/database/rows.js';
import { insertRows, updateRowsOf } from '../../platform/database/writes.js';
import type { PlannedChange } from '../planned-change.js';
import { Discussion, type DiscussionOutcome } from './discussion.entity.js';
import { noteTreatments } from './treatments.js';

/** An update of an action, entered in another session than the one that recorded the action. */
interface Entry {
  actionId: string;
  sessionId: string;
  updateId: string;
}

/** The discussion of an action in a session; `id` is null if there is none. */
interface Found {
  actionId: string | null;
  sessionId: string;
  id: string | null;
  outcome: DiscussionOutcome | null;
  note: string | null;
  hasBeenClosed: boolean;
}

/** Marks as discussed in a session what was entered in it. */
@Injectable()
export class TreatedActions {
  constructor(
    private readonly former: RowHistory,
    private readonly clock: Clock,
  ) {}

  /**
   * Actions recorded in the session itself are in its minutes anyway. Takes a handful of statements, however many
   * changes there are; more for a session that was closed before, because reviews read what was known at the time.
   */
  async mark(manager: EntityManager, changes: readonly PlannedChange[]): Promise<void> {
    for (const some of chunks(changes.flatMap(entriesOf))) await this.markAll(manager, some);
  }

  private async markAll(manager: EntityManager, entries: readonly Entry[]): Promise<void> {
    const found = await discussionsOf(manager, entries);
    const closedBefore = new Set(found.flatMap((one) => (one.hasBeenClosed ? one.sessionId : [])));
    const known = new Map(found.map((one) => [keyOf(one), { id: one.id, outcome: one.outcome, note: one.note }]));
    const fresh: Fresh[] = [];
    const passed: { id: string; sessionId: string }[] = [];
    const presses = entries.map(({ actionId, sessionId, updateId }) => {
      const key = keyOf({ actionId, sessionId });
      const { id = null, ...before } = known.get(key) ?? { outcome: null, note: null };
      const discussionId = id ?? newId();
      const isPassed = before.outcome === null || before.outcome === 'not_discussed';
      if (id === null) fresh.push({ ...FRESH, id: discussionId, sessionId, actionId });
      else if (isPassed) passed.push({ id, sessionId });
      known.set(key, { ...before, id: discussionId, outcome: isPassed ? 'updated' : before.outcome });
      return { discussionId, before, updateId };
    });
    for (const { id, sessionId } of fresh)
      if (closedBefore.has(sessionId)) await this.former.keepAbsence(manager, 'discussions', id);
    await insertRows(manager, 'discussions', fresh);
    for (const { id, sessionId } of passed)
      if (closedBefore.has(sessionId)) await this.former.keep(manager, 'discussions', id, { outcome: 'updated' });
    const ids = passed.map(({ id }) => id);
    await updateRowsOf(manager, Discussion, ids, { outcome: 'updated' });
    await noteTreatments(manager, presses, this.clock.moment());
  }
}

const FRESH = { kind: 'open', outcome: 'updated', note: null } as const;
type Fresh = typeof FRESH & { id: string; sessionId: string; actionId: string };

const keyOf = ({ actionId, sessionId }: Pick<Found, 'actionId' | 'sessionId'>): string => `${actionId} ${sessionId}`;

function entriesOf({ action, before, appended }: PlannedChange): Entry[] {
  if (before === null) return [];
  const entered = appended.filter(({ row }) => row.restatesId === null && row.kind !== 'edit');
  return entered.flatMap(({ context: { sessionId }, row }) =>
    sessionId && sessionId !== action.sessionId ? { actionId: action.id, sessionId, updateId: row.id } : [],
  );
}

/** The sessions of these entries, each with the discussions in it of their actions. */
async function discussionsOf(manager: EntityManager, entries: readonly Entry[]): Promise<Found[]> {
  const params = new Params();
  const actionIds = params.list([...new Set(entries.map(({ actionId }) => actionId))]);
  const sessionIds = params.list([...new Set(entries.map(({ sessionId }) => sessionId))]);
  return rows<Found>(
    manager,
    `SELECT s."id" AS "sessionId", d."actionId", d."id", d."outcome", d."note", (s."reopeningReason" IS NOT NULL) AS "hasBeenClosed"
     FROM "sessions" s LEFT JOIN "discussions" d ON d."sessionId" = s."id" AND d."actionId" IN (${actionIds})
     WHERE s."id" IN (${sessionIds})`,
    params.values,
    { hasBeenClosed: 'boolean' },
  );
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/common/ids.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { chunks, Params, rows } from '../../platform/database/rows.js';
import { insertRows, updateRowsOf } from '../../platform/database/writes.js';
import type { PlannedChange } from '../changes/planned-change.js';
import { Discussion, type DiscussionOutcome } from './discussion.entity.js';

interface Treated {
  actionId: string;
  sessionId: string;
}

interface Found extends Treated {
  id: string;
  outcome: DiscussionOutcome | null;
}

/** Marks as discussed in a session what was entered in it. */
@Injectable()
export class TreatedActions {
  constructor(private readonly former: RowHistory) {}

  /**
   * What was recorded in the session itself stands in its minutes already. A handful of statements, however many actions
   * there are; more for a session that was closed before, because reviews read how it was known.
   */
  async mark(manager: EntityManager, changes: readonly PlannedChange[]): Promise<void> {
    const treated = changes.flatMap(treatedBy);
    for (const some of chunks(treated)) await this.markAll(manager, some);
  }

  private async markAll(manager: EntityManager, treated: readonly Treated[]): Promise<void> {
    const closedBefore = await closedBeforeOf(manager, treated);
    const known = new Map((await discussionsOf(manager, treated)).map((one) => [keyOf(one), one]));
    const fresh = treated
      .filter((one) => !known.has(keyOf(one)))
      .map(({ actionId, sessionId }) => {
        const first = { kind: 'open', outcome: 'updated', note: null } as const;
        return { id: newId(), sessionId, actionId, ...first };
      });
    for (const { id, sessionId } of fresh)
      if (closedBefore.has(sessionId)) await this.former.keepAbsence(manager, 'discussions', id);
    await insertRows(manager, 'discussions', fresh);
    const passed = treated
      .flatMap((one) => known.get(keyOf(one)) ?? [])
      .filter(({ outcome }) => outcome === null || outcome === 'not_discussed');
    for (const { id, sessionId } of passed)
      if (closedBefore.has(sessionId)) await this.former.keep(manager, 'discussions', id, { outcome: 'updated' });
    await updateRowsOf(
      manager,
      Discussion,
      passed.map(({ id }) => id),
      { outcome: 'updated' },
    );
  }
}

const keyOf = ({ actionId, sessionId }: Treated): string => `${actionId} ${sessionId}`;

/** The action in each other session in which something of it was entered. */
function treatedBy({ action, before, appended }: PlannedChange): Treated[] {
  if (before === null) return [];
  const entered = appended.filter(({ row: one }) => one.restatesId === null && one.kind !== 'edit');
  const sessionIds = new Set(entered.flatMap(({ context }) => context.sessionId ?? []));
  sessionIds.delete(action.sessionId ?? '');
  return [...sessionIds].map((sessionId) => ({ actionId: action.id, sessionId }));
}

const sessionsIn = (treated: readonly Treated[]): string[] => [...new Set(treated.map(({ sessionId }) => sessionId))];

async function closedBeforeOf(manager: EntityManager, treated: readonly Treated[]): Promise<Set<string>> {
  const params = new Params();
  const sql = `SELECT "id" FROM "sessions" WHERE "id" IN (${params.list(sessionsIn(treated))}) AND "reopeningReason" IS NOT NULL`;
  return new Set((await rows<{ id: string }>(manager, sql, params.values)).map(({ id }) => id));
}

function discussionsOf(manager: EntityManager, treated: readonly Treated[]): Promise<Found[]> {
  const params = new Params();
  const sql = `SELECT "id", "actionId", "sessionId", "outcome" FROM "discussions"
    WHERE "sessionId" IN (${params.list(sessionsIn(treated))}) AND "actionId" IN (${params.list(treated.map(({ actionId }) => actionId))})`;
  return rows<Found>(manager, sql, params.values);
}

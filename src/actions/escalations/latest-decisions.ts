import { dayOf } from '../../platform/common/calendar-date.js';
import { chunks, Params, rows, type Source } from '../../platform/database/rows.js';

/** What a director or bestuurder decided about an action. */
export interface LatestDecision {
  personName: string;
  decision: string;
  /** The day of the answer. */
  on: string;
  /** The day by which the decision is to be carried out. */
  decidedFor: string | null;
}

type Found = Omit<LatestDecision, 'on'> & { actionId: string; answeredAt: string };

/** The last decision about each of these actions, by action; none for those about which nobody has decided. */
export async function latestDecisions(
  source: Source,
  actionIds: readonly string[],
): Promise<Map<string, LatestDecision>> {
  const decisions = new Map<string, LatestDecision>();
  for (const asked of chunks(actionIds)) {
    const params = new Params();
    const found = await rows<Found>(
      source,
      `SELECT e."actionId", p."name" AS "personName", e."decision", e."decidedFor", e."answeredAt"
       FROM "action_escalations" e JOIN "people" p ON p."id" = e."personId"
       WHERE e."actionId" IN (${params.list(asked)}) AND e."answeredAt" IS NOT NULL AND e."decision" IS NOT NULL
       ORDER BY e."actionId", e."step"`,
      params.values,
    );
    for (const { actionId, answeredAt, ...one } of found) decisions.set(actionId, { ...one, on: dayOf(answeredAt) });
  }
  return decisions;
}

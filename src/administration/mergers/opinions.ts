import type { EntityManager } from 'typeorm';
import { withMergedOf } from '../../directory/organisations/merged.conditions.js';
import { execute, Params } from '../../platform/database/rows.js';

/** The tables with parties' opinions, of which each party's latest counts; the column refers to the subject. */
const OPINIONS = [
  ['judgements', 'actionId'],
  ['judgements', 'goalId'],
  ['goal_agreements', 'goalId'],
] as const;

/**
 * An organisation and those merged into it are one party: of their opinions about the same subject, only the latest
 * still counts.
 */
export async function countLastWordOnly(manager: EntityManager, organisationId: string): Promise<void> {
  const party = await withMergedOf(manager, organisationId);
  for (const [table, about] of OPINIONS) {
    const params = new Params();
    const theirs = `"organisationId" IN (${params.list(party)})`;
    await execute(
      manager,
      `UPDATE "${table}" SET "isCurrent" = FALSE WHERE "isCurrent" AND ${theirs} AND EXISTS (
         SELECT 1 FROM "${table}" later WHERE later."${about}" = "${table}"."${about}" AND later.${theirs} AND later."isCurrent"
           AND (later."recordedAt", later."id") > ("${table}"."recordedAt", "${table}"."id"))`,
      params.values,
    );
  }
}

import { inForce, Params, rows, type Source } from '../../platform/database/rows.js';
import { actsFor } from '../../directory/organisations/merged.conditions.js';
import type { Members } from './recipients.rules.js';

/** The members of these organisations on that day, or of the organisations they were merged into; one statement. */
export async function membersOf(source: Source, organisationIds: readonly string[], day: string): Promise<Members> {
  const members = new Map<string, string[]>();
  if (organisationIds.length === 0) return members;
  const params = new Params();
  const organisations = params.list([...new Set(organisationIds)]);
  const found = await rows<{ organisationId: string; personId: string }>(
    source,
    `SELECT o."id" AS "organisationId", m."personId" FROM "organisations" o JOIN "memberships" m ON ${actsFor('m', 'o')}
     WHERE o."id" IN (${organisations}) AND ${inForce('m', params.add(day))}`,
    params.values,
  );
  for (const { organisationId, personId } of found) {
    if (!members.has(personId)) members.set(personId, []);
    members.get(personId)!.push(organisationId);
  }
  return members;
}

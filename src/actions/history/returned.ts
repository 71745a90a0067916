import { Params, rows, type Source } from '../../platform/database/rows.js';

const ofReturner = (column: 'id' | 'name'): string => `CASE WHEN a."isHandedBack" THEN (
    SELECT g."${column}" FROM "action_updates" b JOIN "organisations" g ON g."id" = b."ownerId" WHERE b."actionId" = a."id"
    ORDER BY b."effectiveOn" DESC, b."sequence" DESC LIMIT 1) END`;

/** SQL for the name of the organisation that gave the action `a` back: its last owner. Null unless it was handed back. */
export const returnedBySql = ofReturner('name');

/** SQL for "one of these organisations (a query) does the action `a`, did so when it ended, or gave it back". */
export const isDoneBy = (organisations: string): string => `(a."ownerId" IN (${organisations})
  OR ${ofReturner('id')} IN (${organisations}) OR EXISTS (
    SELECT 1 FROM "action_co_owners" c WHERE c."actionId" = a."id" AND c."organisationId" IN (${organisations})))`;

/** Who gave these actions back, by the id of the action. */
export async function returnersOf(source: Source, actionIds: readonly string[]): Promise<Map<string, string>> {
  if (actionIds.length === 0) return new Map();
  const params = new Params();
  const found = await rows<{ id: string; name: string | null }>(
    source,
    `SELECT a."id", ${returnedBySql} AS "name" FROM "actions" a WHERE a."id" IN (${params.list(actionIds)})`,
    params.values,
  );
  return new Map(found.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])));
}

import { Params, rows, type Source } from '../../platform/database/rows.js';

/** SQL for the name of the organisation that gave the action `a` back: its last owner. Null unless it was handed back. */
export const returnedBySql = `CASE WHEN a."isHandedBack" THEN (
    SELECT g."name" FROM "action_updates" b JOIN "organisations" g ON g."id" = b."ownerId" WHERE b."actionId" = a."id"
    ORDER BY b."effectiveOn" DESC, b."sequence" DESC LIMIT 1) END`;

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

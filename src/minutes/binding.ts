import { rows, type Source } from '../platform/database/rows.js';

/**
 * What does not fit between the versions of minutes and the audit trail, in words; an empty list when all is whole. Each
 * version stands in the trail with its hash, so that the last one cannot be made anew either, nor minutes taken away whole.
 */
export async function verifyBinding(source: Source): Promise<string[]> {
  const unbound = await rows<{ minutesId: string; number: number }>(
    source,
    `SELECT v."minutesId", v."number" FROM "minutes_versions" v WHERE NOT EXISTS (
       SELECT 1 FROM "audit_entries" e WHERE e."objectId" = v."minutesId" AND e."digest" = v."hash")
     ORDER BY v."minutesId", v."number"`,
  );
  const gone = await rows<{ minutesId: string; sequence: number }>(
    source,
    `SELECT e."objectId" AS "minutesId", e."sequence" FROM "audit_entries" e
     WHERE e."objectType" = 'minutes' AND e."digest" IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM "minutes_versions" v WHERE v."minutesId" = e."objectId" AND v."hash" = e."digest")
     ORDER BY e."sequence"`,
  );
  return [
    ...unbound.map(({ minutesId, number }) => `Minutes ${minutesId}: version ${number} is not what the trail says.`),
    ...gone.map(({ minutesId, sequence }) => `Minutes ${minutesId}: the version of entry ${sequence} is not there.`),
  ];
}

import { rows, type Source } from '../platform/database/rows.js';

/**
 * Inconsistencies between the versions of minutes and the audit trail, in words; an empty list if there are none. The
 * audit trail has the hash of every version, so that neither the last version can be forged nor whole minutes deleted
 * unnoticed.
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
    ...unbound.map(
      ({ minutesId, number }) => `Minutes ${minutesId}: version ${number} does not match the audit trail.`,
    ),
    ...gone.map(
      ({ minutesId, sequence }) => `Minutes ${minutesId}: the version of audit entry ${sequence} is missing.`,
    ),
  ];
}

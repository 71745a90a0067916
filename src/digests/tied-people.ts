import { answersFor, keepsSeat } from '../directory/people/leaving.conditions.js';
import { inForce, type Params } from '../platform/database/rows.js';

/**
 * SQL for the people tied to areas: those who chair or take part in a meeting, are the contact, or own an open action
 * there. Confidential actions tie nobody, so that nothing can be inferred from the list.
 */
export function tiedTo(areaIds: readonly string[], today: string, params: Params): string {
  const areas = params.list(areaIds);
  const on = params.add(today);
  const open = `FROM "actions" x WHERE x."areaId" IN (${areas}) AND x."closedOn" IS NULL AND NOT x."isWithdrawn" AND NOT x."isConfidential"`;
  return `SELECT c."personId" FROM "contacts" c WHERE ${answersFor('c', on)} AND (c."areaId" IN (${areas})
      OR c."organisationId" IN (SELECT x."ownerId" ${open})
      OR c."organisationId" IN (SELECT co."organisationId" FROM "action_co_owners" co WHERE co."actionId" IN (SELECT x."id" ${open})))
    UNION SELECT x."ownerPersonId" ${open} AND x."ownerPersonId" IS NOT NULL
    UNION SELECT i."personId" FROM "invitations" i JOIN "meetings" t ON t."id" = i."meetingId"
      WHERE t."areaId" IN (${areas}) AND i."personId" IS NOT NULL AND ${inForce('i', on)} AND ${keepsSeat('i', on)}
    UNION SELECT g."personId" FROM "grants" g WHERE g."areaId" IN (${areas}) AND ${inForce('g', on)}`;
}

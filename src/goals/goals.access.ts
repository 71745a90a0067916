import type { EntityManager } from 'typeorm';
import { decidingSessions } from '../meetings/meetings.access.js';
import { dayInSession } from '../meetings/sessions.rules.js';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import type { Permission } from '../platform/access/permissions.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import { forbidden, invalid, notFound } from '../platform/common/problems.js';
import { inForce, Params, row, rows, type Source } from '../platform/database/rows.js';
import { lockOne } from '../platform/database/transactions.js';
import { Goal } from './goal.entity.js';

/** Locks a goal for a change; 404 if the caller may not read it, 403 without the permission in its area. */
export async function goalToChange(
  manager: EntityManager,
  id: string,
  permission: Permission,
  by: Caller,
): Promise<Goal> {
  const goal = await lockOne(manager, Goal, id);
  if (!isPermittedIn(by, 'goals.read', goal.areaId)) throw notFound();
  if (!isPermittedIn(by, permission, goal.areaId)) throw forbidden();
  return goal;
}

/** 404 unless the caller may read the goal. */
export async function mustReadGoal(source: Source, id: string, by: Caller): Promise<void> {
  const params = new Params();
  const goal = params.add(id);
  const isThere = await row(
    source,
    `SELECT 1 AS "one" FROM "goals" g WHERE g."id" = ${goal} AND ${inPermittedAreas(by, 'goals.read', 'g."areaId"', params)}`,
    params.values,
  );
  if (!isThere) throw notFound();
}

/** The day that counts for what is said in a session, or today without one; 400 on `sessionId` as below. */
export async function daySaid(
  manager: EntityManager,
  sessionId: string | null | undefined,
  by: Caller,
  today: string,
): Promise<string> {
  return sessionId ? dayInSession({ heldOn: await heldOnOf(manager, sessionId, by) }, today) : today;
}

/** The date of a session visible to the caller; 400 on `sessionId` otherwise. */
export async function heldOnOf(manager: EntityManager, sessionId: string, by: Caller): Promise<string> {
  const params = new Params();
  const session = params.add(sessionId);
  const found = await row<{ heldOn: string }>(
    manager,
    `SELECT s."heldOn" FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
     WHERE s."id" = ${session} AND ${decidingSessions(by, 'goals.read', params)}`,
    params.values,
  );
  if (!found) throw invalid([{ field: 'sessionId', message: 'sessionId is not a session' }]);
  return found.heldOn;
}

/**
 * The organisations that take part in a meeting of the area, of one below it or of one above it on that day: invited to a
 * series, or represented by one of its chairs. Seats of merged organisations count for the organisation they were merged
 * into.
 */
const INVITED = `
  WITH RECURSIVE
    "below" ("id") AS (
      SELECT a."id" FROM "areas" a WHERE a."id" = $1
      UNION SELECT p."areaId" FROM "area_parents" p JOIN "below" t ON p."parentId" = t."id" WHERE ${inForce('p', '$2')}),
    "above" ("id") AS (
      SELECT a."id" FROM "areas" a WHERE a."id" = $1
      UNION SELECT p."parentId" FROM "area_parents" p JOIN "above" t ON p."areaId" = t."id" WHERE ${inForce('p', '$2')}),
    "seats" ("organisationId", "personId") AS (
      SELECT i."organisationId", CASE WHEN i."role" = 'chair' THEN i."personId" END
      FROM "invitations" i JOIN "meetings" m ON m."id" = i."meetingId"
      WHERE m."areaId" IN (SELECT "id" FROM "below" UNION SELECT "id" FROM "above") AND ${inForce('i', '$2')}
        AND i."agendaItemId" IS NULL),
    "invited" ("id") AS (
      SELECT "organisationId" FROM "seats"
      UNION SELECT b."organisationId" FROM "seats" s JOIN "memberships" b ON b."personId" = s."personId" AND ${inForce('b', '$2')})
  SELECT o."id", o."name" FROM "organisations" o
  WHERE o."mergedIntoId" IS NULL
    AND EXISTS (SELECT 1 FROM "organisations" w WHERE (w."id" = o."id" OR w."mergedIntoId" = o."id") AND w."id" IN (SELECT "id" FROM "invited"))`;

export const invitedOrganisations = (source: Source, areaId: string, day: string) =>
  rows<{ id: string; name: string }>(source, `${INVITED} ORDER BY natural_key(o."name"), o."id"`, [areaId, day]);

export async function isInvited(source: Source, areaId: string, organisationId: string, day: string): Promise<boolean> {
  return (await row(source, `${INVITED} AND o."id" = $3`, [areaId, day, organisationId])) !== undefined;
}

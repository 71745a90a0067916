import { hasReach, permittedAreas } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { notEnded, type Params } from '../../platform/database/rows.js';

const DAYS_AFTER_ADDING = 7;

/**
 * SQL for "an organisation the caller may change", over an id. Administrators: all of them. Chairs: one that takes part
 * in one of their areas (a current contact there, or an invitation to a meeting there), or that they added in the last
 * seven days. Others: none.
 */
export function mayChangeOrganisation(caller: Caller, id: string, params: Params): string {
  const areas = permittedAreas(caller, 'organisations.write');
  if (areas === 'all') return 'TRUE';
  return `(${sitsIn(id, areas, caller, params)} OR ${wasJustAdded(id, 'organisation.created', caller, params)})`;
}

/**
 * SQL for "a person of the caller's areas", over an id. Administrators: all of them. Chairs: members of organisations
 * that take part in one of their areas, contacts there, and people they added in the last seven days. Others: none.
 */
export function isPersonOfOwnAreas(caller: Caller, id: string, params: Params): string {
  const areas = permittedAreas(caller, 'people.write');
  if (areas === 'all') return 'TRUE';
  const today = params.add(caller.today);
  return `(EXISTS (SELECT 1 FROM "memberships" m WHERE m."personId" = ${id} AND ${notEnded('m', today)}
      AND ${sitsIn('m."organisationId"', areas, caller, params)})
    OR EXISTS (SELECT 1 FROM "contacts" c WHERE c."personId" = ${id} AND c."areaId" IN (${params.list(areas)}) AND ${notEnded('c', today)})
    OR ${wasJustAdded(id, 'person.created', caller, params)})`;
}

/** SQL for "a person of the caller's organisations", over an id; future members count, former ones do not. */
export function isPersonOfOwnOrganisations(caller: Caller, id: string, params: Params): string {
  return `EXISTS (SELECT 1 FROM "memberships" m WHERE m."personId" = ${id}
    AND m."organisationId" IN (${params.list(caller.organisationIds)}) AND ${notEnded('m', params.add(caller.today))})`;
}

/** SQL for "a person the caller may see", over an id: everyone, or oneself and people of one's organisations. */
export function maySeePerson(caller: Caller, id: string, params: Params): string {
  if (hasReach(caller, 'people.read', 'all')) return 'TRUE';
  return `(${id} = ${params.add(caller.personId)} OR ${isPersonOfOwnOrganisations(caller, id, params)})`;
}

function sitsIn(organisationId: string, areas: readonly string[], caller: Caller, params: Params): string {
  const list = params.list(areas);
  const today = params.add(caller.today);
  return `(EXISTS (SELECT 1 FROM "contacts" s WHERE s."organisationId" = ${organisationId} AND s."areaId" IN (${list}) AND ${notEnded('s', today)})
    OR EXISTS (SELECT 1 FROM "invitations" i JOIN "meetings" t ON t."id" = i."meetingId"
      WHERE i."organisationId" = ${organisationId} AND t."areaId" IN (${list}) AND ${notEnded('i', today)}))`;
}

function wasJustAdded(id: string, operation: string, caller: Caller, params: Params): string {
  const since = params.add(momentOf(addDays(caller.today, -DAYS_AFTER_ADDING)));
  return `EXISTS (SELECT 1 FROM "audit_entries" e WHERE e."objectId" = ${id} AND e."operation" = '${operation}'
    AND e."actorId" = ${params.add(caller.personId)} AND e."at" >= ${since})`;
}

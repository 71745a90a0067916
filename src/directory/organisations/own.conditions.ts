import { hasReach, permittedAreas } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { notEnded, type Params } from '../../platform/database/rows.js';

const DAYS_AFTER_ADDING = 7;

/**
 * SQL for "an organisation the caller may change", over an id. An administrator: each. A chair: one that sits in an own
 * area (it is a contact there, or invited to a meeting there, and that has not ended), or one the chair added in the
 * last seven days. Others: none.
 */
export function mayChangeOrganisation(caller: Caller, id: string, params: Params): string {
  const areas = permittedAreas(caller, 'organisations.write');
  if (areas === 'all') return 'TRUE';
  return `(${sitsIn(id, areas, caller, params)} OR ${wasJustAdded(id, 'organisation.created', caller, params)})`;
}

/**
 * SQL for "a person of the own areas", over an id. An administrator: each. A chair: a member of an organisation that
 * sits in an own area, who answers for one there, or whom the chair added in the last seven days. Others: none.
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

/** SQL for "a person of an organisation of the caller", over an id; who starts later counts, who left does not. */
export function isPersonOfOwnOrganisations(caller: Caller, id: string, params: Params): string {
  return `EXISTS (SELECT 1 FROM "memberships" m WHERE m."personId" = ${id}
    AND m."organisationId" IN (${params.list(caller.organisationIds)}) AND ${notEnded('m', params.add(caller.today))})`;
}

/** SQL for "a person whom the caller may see", over an id: everyone, or oneself and the own organisations. */
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

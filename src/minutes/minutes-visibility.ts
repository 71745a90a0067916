import { rowInSession } from '../actions/history/as-of-session.js';
import { isForContact } from '../directory/people/contact-resolver.rules.js';
import { keepsSeat } from '../directory/people/leaving.conditions.js';
import { hasReach, permittedAreas } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { inPermittedAreas, inPermittedSessions } from '../platform/access/conditions.js';
import { ACTION_PARTIES, knownTo } from '../platform/access/confidentiality.js';
import { inForce, type Params } from '../platform/database/rows.js';
import type { MinutesState } from './minutes.entity.js';

/** Minutes as visible to one caller: which versions, and in which state. */
export interface VisibleMinutes {
  id: string;
  sessionId: string;
  meetingId: string;
  areaId: string;
  state: MinutesState;
  currentNumber: number;
  adoptedAt: string | null;
  adoptedInId: string | null;
  /** The day of the session that adopted them. */
  adoptedInOn: string | null;
  mayWrite: boolean;
  /** Whether the caller is one of the recipients of the minutes. */
  isParty: boolean;
}

/** SQL for "a version of these minutes was sent". */
const WAS_SENT = `EXISTS (SELECT 1 FROM "minutes_events" e WHERE e."minutesId" = m."id" AND e."kind" = 'sent')`;

/**
 * SQL for "one of the recipients of these minutes": the table, those present, the informed organisations, and the
 * current owner and co-owners of an action recorded in the session, whether or not at the table, but not those who took
 * it over since. What was mailed to somebody remains readable to them.
 */
export function partyTo(caller: Caller, params: Params): string {
  if (!hasReach(caller, 'minutes.read', 'meetings')) return 'FALSE';
  const own = params.list(caller.organisationIds);
  const me = params.add(caller.personId);
  const meetings = params.list(caller.meetingIds);
  const on = params.add(caller.today);
  const informed = `SELECT 1 FROM "invitations" n WHERE n."meetingId" = s."meetingId" AND n."role" = 'informed'
    AND n."agendaItemId" IS NULL AND ${inForce('n', on)}
    AND ((n."personId" = ${me} AND ${keepsSeat('n', on)})
      OR (n."organisationId" IN (${own}) AND ${isForContact('n."personId"', keepsSeat('n', on))}))`;
  const wasCoOwner = caller.organisationIds.map((id) => `u."coOwnerIds" LIKE ${params.add(`%"${id}"%`)}`);
  const owner = `SELECT 1 FROM "actions" act JOIN "action_updates" u ON u."id" = ${rowInSession('act', 's')}
    WHERE act."sessionId" = s."id" AND NOT act."isWithdrawn" AND ${knownTo(caller, 'act', ACTION_PARTIES, params)}
      AND (act."ownerPersonId" = ${me} OR act."ownerId" IN (${own}) OR EXISTS (
        SELECT 1 FROM "action_co_owners" co WHERE co."actionId" = act."id" AND co."organisationId" IN (${own})))
      AND (${[`u."ownerPersonId" = ${me}`, `u."ownerId" IN (${own})`, ...wasCoOwner].join(' OR ')})`;
  const present = `SELECT 1 FROM "attendances" t WHERE t."sessionId" = s."id" AND t."personId" = ${me} AND t."status" = 'present'`;
  return `(s."meetingId" IN (${meetings}) OR EXISTS (${informed}) OR EXISTS (${owner}) OR EXISTS (${present}))`;
}

/**
 * SQL for the ids of the sessions of which the caller may be a recipient: all for which `partyTo` can hold, and some others.
 * It begins with the caller, where `partyTo` looks at each of the minutes.
 */
export function sessionsToBePartyTo(caller: Caller, params: Params): string {
  const own = params.list(caller.organisationIds);
  const me = params.add(caller.personId);
  return [
    `SELECT s."id" FROM "sessions" s WHERE s."meetingId" IN (${params.list(caller.meetingIds)})`,
    `SELECT s."id" FROM "invitations" n JOIN "sessions" s ON s."meetingId" = n."meetingId"
     WHERE n."role" = 'informed' AND (n."personId" = ${me} OR n."organisationId" IN (${own}))`,
    `SELECT act."sessionId" FROM "actions" act WHERE act."sessionId" IS NOT NULL AND act."ownerPersonId" = ${me}`,
    `SELECT act."sessionId" FROM "actions" act WHERE act."sessionId" IS NOT NULL AND act."ownerId" IN (${own})`,
    `SELECT act."sessionId" FROM "action_co_owners" co JOIN "actions" act ON act."id" = co."actionId"
     WHERE act."sessionId" IS NOT NULL AND co."organisationId" IN (${own})`,
    `SELECT t."sessionId" FROM "attendances" t WHERE t."personId" = ${me} AND t."status" = 'present'`,
  ].join(' UNION ');
}

/** SQL for "may know that these minutes exist". */
export function visibleTo(caller: Caller, params: Params): string {
  const session = { session: 'm."sessionId"', area: 'g."areaId"' };
  const ways = [inPermittedSessions(caller, 'minutes.write', session, params)];
  ways.push(`(${WAS_SENT} AND ${partyTo(caller, params)})`);
  const areas = permittedAreas(caller, 'minutes.read');
  if (areas.length > 0) {
    const inAreas = inPermittedAreas(caller, 'minutes.read', 'g."areaId"', params);
    ways.push(`(m."state" = 'adopted' AND g."isOpenToReaders" AND ${inAreas})`);
  }
  return `(${ways.join(' OR ')})`;
}

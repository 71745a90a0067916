import { hasReach, permittedAreas } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import { ACTION_PARTIES, knownTo } from '../platform/access/confidentiality.js';
import { dialectOf } from '../platform/database/dialect.js';
import type { Params, Source } from '../platform/database/rows.js';
import { actionsWithWords } from '../platform/database/word-search.js';
import type { ActionListDto } from './actions.dto.js';
import { NEVER_CLOSED_SESSIONS } from './history/as-of-session.js';
import { isOverdueSql, readsAsSql } from './overdue.rules.js';

/** SQL for "is not done or cancelled"; must be literally the condition of the partial indexes. */
const OPEN = 'a."closedOn" IS NULL';
const CLOSED = 'a."closedOn" IS NOT NULL';
/** Those without a deadline too. */
const notOverdue = (day: string): string => `(${isOverdueSql('a', day)}) IS NOT TRUE`;

/** SQL for "has an owner": one that was handed back keeps its last one until a new one is named. */
const OWNED = `a."ownerId" IS NOT NULL AND NOT a."isHandedBack"`;

/**
 * SQL for "an update that says how it is going": not an edit, such as a move to another meeting, nor a deadline that
 * follows its session.
 */
export const IS_NEWS = `(u."kind" <> 'edit' AND u."changes" NOT LIKE '%"movesAlong":true%')`;

/** SQL for "owned or co-owned by one of these organisations now", or owned by this person. */
export function isOwnedBy(
  source: Source,
  organisationIds: readonly string[],
  isOpen: boolean,
  params: Params,
  personId?: string | null,
): string {
  const owners = params.list(organisationIds);
  const open = isOpen ? ` AND ${OPEN}` : '';
  const ids = [
    `SELECT a."id" FROM "actions" a WHERE a."ownerId" IN (${owners})${open}`,
    `SELECT c."actionId" FROM "action_co_owners" c WHERE c."organisationId" IN (${owners})`,
  ];
  if (personId) ids.push(`SELECT a."id" FROM "actions" a WHERE a."ownerPersonId" = ${params.add(personId)}${open}`);
  return dialectOf(source).isOneOf('a."id"', ids.join(' UNION '));
}

/** The same for a few actions, each looked at by itself: those of a large organisation are not collected first. */
function isEachOwnedBy(organisationIds: readonly string[], params: Params): string {
  const owners = params.list(organisationIds);
  return `(a."ownerId" IN (${owners}) OR EXISTS (
    SELECT 1 FROM "action_co_owners" c WHERE c."actionId" = a."id" AND c."organisationId" IN (${owners})))`;
}

/**
 * SQL for "the caller may read all of it"; `TRUE` if the caller's areas cover those asked for. With `isFew` for the few
 * actions that other conditions find.
 */
export function fullyVisible(
  source: Source,
  caller: Caller,
  askedAreas: string[] | undefined,
  isOpen: boolean,
  params: Params,
  isFew = false,
): string {
  const areas = permittedAreas(caller, 'actions.read');
  if (areas === 'all' || askedAreas?.every((id) => areas.includes(id)))
    return releasedTo(source, caller, askedAreas, params);
  const reaches = areas.length > 0 ? [inPermittedAreas(caller, 'actions.read', 'a."areaId"', params)] : [];
  if (hasReach(caller, 'actions.read', 'meetings')) {
    if (caller.meetingIds.length > 0) reaches.push(`a."meetingId" IN (${params.list(caller.meetingIds)})`);
    const own = caller.organisationIds;
    if (own.length > 0) reaches.push(isFew ? isEachOwnedBy(own, params) : isOwnedBy(source, own, isOpen, params));
  }
  if (caller.sessionIds.length > 0 && hasReach(caller, 'actions.read', 'sessions')) {
    const named = params.list(caller.sessionIds);
    const ids = `SELECT d."actionId" FROM "discussions" d WHERE d."sessionId" IN (${named})`;
    reaches.push(`(a."sessionId" IN (${named}) OR ${dialectOf(source).isOneOf('a."id"', ids)})`);
  }
  if (reaches.length === 0) return 'FALSE';
  const released = releasedTo(source, caller, askedAreas, params);
  return released === 'TRUE' ? `(${reaches.join(' OR ')})` : `((${reaches.join(' OR ')}) AND ${released})`;
}

/** SQL for "not recorded in a session that has never been closed", except for those who write there. */
export function releasedTo(source: Source, caller: Caller, askedAreas: string[] | undefined, params: Params): string {
  const areas = caller.clientId === undefined ? permittedAreas(caller, 'actions.write') : [];
  if (areas === 'all' || askedAreas?.every((id) => areas.includes(id))) return 'TRUE';
  const ways = [`a."sessionId" IS NULL`, `NOT (${dialectOf(source).isOneOf('a."sessionId"', NEVER_CLOSED_SESSIONS)})`];
  if (areas.length > 0) ways.push(inPermittedAreas(caller, 'actions.write', 'a."areaId"', params));
  if (caller.sessionIds.length > 0) ways.push(`a."sessionId" IN (${params.list(caller.sessionIds)})`);
  return `(${ways.join(' OR ')})`;
}

/** SQL for "public, in an area where the caller is a reader"; undefined if the caller is a reader nowhere. */
export function publiclyVisible(caller: Caller, params: Params): string | undefined {
  if (!hasReach(caller, 'actions.read', 'public') || caller.areaIds.reader.length === 0) return undefined;
  return `(a."isPublic" AND NOT a."isConfidential" AND (a."sessionId" IS NULL OR a."sessionId" NOT IN (${NEVER_CLOSED_SESSIONS})) AND a."areaId" IN (${params.list(caller.areaIds.reader)}))`;
}

/** SQL for "known to the caller", which holds for everything that is not confidential. */
export const knownActions = (caller: Pick<Caller, 'organisationIds'>, params: Params): string =>
  knownTo(caller, 'a', ACTION_PARTIES, params);

/** SQL for "an action `a` that the caller may read, in full or as published"; all others are treated as unknown. */
export function readableActions(source: Source, caller: Caller, params: Params): string {
  const ways = [fullyVisible(source, caller, undefined, false, params)];
  const published = publiclyVisible(caller, params);
  if (published) ways.push(`(${published} AND ${NOT_WITHDRAWN})`);
  return `(${ways.join(' OR ')}) AND ${knownActions(caller, params)}`;
}

/** SQL for the title of a readable action `a`: its public text if the caller may read only what was published. */
export const titleFor = (source: Source, caller: Caller, params: Params): string =>
  `CASE WHEN ${fullyVisible(source, caller, undefined, false, params)} THEN a."title" ELSE coalesce(a."publicText", a."title") END`;

export const NOT_WITHDRAWN = 'NOT a."isWithdrawn"';

/**
 * SQL for the actions that lists contain: not withdrawn, and complete, because incomplete ones exist only in their
 * session.
 */
export const LISTED = `${NOT_WITHDRAWN} AND a."dueKind" IS NOT NULL AND (a."ownerId" IS NOT NULL OR a."isHandedBack")`;

/** SQL for "contains these words", using the word index; `public` searches only the public text of an action. */
function worded(source: Source, column: 'whole' | 'public', text: string, params: Params): string {
  const found = actionsWithWords(source, column, text, params);
  return found ? dialectOf(source).isOneOf('a."id"', found) : 'FALSE';
}

/** SQL for "serves this opgave", by itself or through its goal. */
function serves(source: Source, opgaveId: string, params: Params): string {
  const opgave = params.add(opgaveId);
  const ids = `SELECT s."id" FROM "actions" s WHERE s."opgaveId" = ${opgave}
    UNION SELECT s."id" FROM "goals" g JOIN "actions" s ON s."goalId" = g."id" WHERE g."opgaveId" = ${opgave}`;
  return dialectOf(source).isOneOf('a."id"', ids);
}

/** The filters of a list; the ids of what was merged, if any was, replace the one that was asked for. */
export type ActionQuery = ActionListDto & { organisationIds?: string[]; ownerIds?: string[]; meetingIds?: string[] };

/** SQL for the filters that also apply to public actions; `day` returns the placeholder of the day for statuses. */
export function plainFilters(
  source: Source,
  query: ActionQuery & { themes?: string[] },
  areas: string[] | undefined,
  day: () => string,
  params: Params,
): string[] {
  const found: string[] = [];
  const [only, ...more] = areas ?? [];
  if (areas) found.push(more.length > 0 ? `a."areaId" IN (${params.list(areas)})` : `a."areaId" = ${params.add(only)}`);
  if (query.open !== undefined) found.push(query.open ? OPEN : CLOSED);
  if (query.overdue !== undefined) found.push(query.overdue ? isOverdueSql('a', day()) : notOverdue(day()));
  if (query.status) found.push(readsAsSql('a', query.status, day, params));
  if (query.meetingIds) found.push(`a."meetingId" IN (${params.list(query.meetingIds)})`);
  else if (query.meeting) found.push(`a."meetingId" = ${params.add(query.meeting)}`);
  if (query.session) found.push(`a."sessionId" = ${params.add(query.session)}`);
  if (query.theme) found.push(`a."theme" = ${params.add(query.theme)}`);
  if (query.themes) found.push(query.themes.length > 0 ? `a."theme" IN (${params.list(query.themes)})` : 'FALSE');
  if (query.goal) found.push(`a."goalId" = ${params.add(query.goal)}`);
  if (query.opgave) found.push(serves(source, query.opgave, params));
  if (query.dueFrom) found.push(`a."dueOn" >= ${params.add(query.dueFrom)}`);
  if (query.dueUntil) found.push(`a."dueOn" <= ${params.add(query.dueUntil)}`);
  // The full text includes the public text, so this finds everything the filters below let through.
  if (query.q) found.push(worded(source, 'whole', query.q, params));
  return found;
}

/** A question to the list, by this caller. With `isAsOf`, co-owners are those of that day. */
interface Asked {
  source: Source;
  query: ActionQuery;
  caller: Caller;
  isAsOf: boolean;
  params: Params;
}

/** SQL for the filters on fields that are never public: an action that is visible as public only is not found by them. */
const NEVER_PUBLIC = {
  person: ({ query, params }) => `a."ownerPersonId" = ${params.add(query.person!)}`,
  reference: ({ query, params }) => `a."reference" = ${params.add(query.reference!)}`,
  chaired: ({ caller, params }) => `${OWNED} AND a."areaId" IN (${params.list(caller.areaIds.chair)})`,
  mine: (asked) => ownedBy(asked, asked.caller.organisationIds, asked.caller.personId),
  asked: ({ source, caller, params }) => {
    const own = params.list(caller.organisationIds);
    return dialectOf(source).isOneOf('a."id"', `SELECT q."id" FROM "actions" q WHERE q."requestedById" IN (${own})`);
  },
  handedBack: () => 'a."isHandedBack"',
} satisfies Partial<Record<keyof ActionListDto, (asked: Asked) => string>>;
const NEVER_PUBLIC_NAMES = Object.keys(NEVER_PUBLIC) as (keyof typeof NEVER_PUBLIC)[];

/** SQL for the filters on fields for full readers only. */
export function fullFilters(asked: Asked): string[] {
  const { query, params } = asked;
  const found: string[] = [];
  if (query.organisation) found.push(ownedBy(asked, query.organisationIds ?? [query.organisation]));
  if (query.owner) found.push(isOwnedAlone(query.owner, query.ownerIds, params));
  for (const name of NEVER_PUBLIC_NAMES) if (query[name]) found.push(NEVER_PUBLIC[name](asked));
  return found;
}

/** SQL for "owned or co-owned by these organisations, or in the name of this person". */
function ownedBy(
  { source, query, isAsOf, params }: Asked,
  organisationIds: readonly string[],
  personId?: string | null,
): string {
  const isOpen = query.open === true || query.overdue === true;
  if (!isAsOf) return isOwnedBy(source, organisationIds, isOpen, params, personId);
  const owned = ownedThen(organisationIds, params);
  return personId === undefined ? owned : `(${owned} OR a."ownerPersonId" = ${params.add(personId)})`;
}

/** SQL for "owned or co-owned on that day", over the history. */
function ownedThen(organisationIds: readonly string[], params: Params): string {
  const owner = `a."ownerId" IN (${params.list(organisationIds)})`;
  return `(${[owner, ...organisationIds.map((id) => `a."coOwnerIds" LIKE ${params.add(`%${id}%`)}`)].join(' OR ')})`;
}

const isOwnedAlone = (id: string, merged: readonly string[] | undefined, params: Params): string =>
  merged ? `a."ownerId" IN (${params.list(merged)})` : `a."ownerId" = ${params.add(id)}`;

/** The same for public rows: fields that are not public cannot be searched. */
export function publicFilters(source: Source, query: ActionQuery, params: Params): string[] {
  if (NEVER_PUBLIC_NAMES.some((name) => query[name])) return ['FALSE'];
  const found: string[] = [];
  if (query.organisation) found.push(isOwnedAlone(query.organisation, query.organisationIds, params));
  if (query.owner) found.push(isOwnedAlone(query.owner, query.ownerIds, params));
  if (query.q) found.push(worded(source, 'public', query.q, params));
  return found;
}

import { readableNotes, readableSessions } from '../../meetings/meetings.access.js';
import { knownPart, sentAt } from '../../minutes/known-parts.js';
import { type ConfidentialContent, OPEN_PART, type OpenContent } from '../../minutes/minutes-content.js';
import type { MinutesState } from '../../minutes/minutes.entity.js';
import { sessionsToBePartyTo, visibleTo } from '../../minutes/minutes-visibility.js';
import { permittedAreas } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inPermittedSessions } from '../../platform/access/conditions.js';
import { ITEM_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { isCalendarDate } from '../../platform/common/calendar-date.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import { newestWithWords, RECORD_WORDS } from '../../platform/database/newest-texts.js';
import type { WordMatches } from '../../platform/database/word-search.js';
import type { Found } from './hits.rules.js';
import { toldIn } from './minutes-texts.rules.js';
import { LIMIT, MOST_HITS, type Question } from './question.js';

interface PartRow {
  sessionId: string;
  state: MinutesState;
  heldOn: string;
  meetingName: string;
  areaId: string;
  areaName: string;
  partId: string;
  /** The open part of the first version of these minutes. */
  firstPartId: string;
  label: string;
  mayWrite: boolean;
}

/**
 * Minutes by the words of the version the caller would read, in the parts of it the caller may know. The texts of these
 * parts are added by `withTexts`.
 */
export async function findMinutes(question: Question): Promise<Found[]> {
  const { source, caller, text } = question;
  const hasAreas = (['minutes.read', 'minutes.write'] as const).some((one) => permittedAreas(caller, one).length > 0);
  const within = (params: Params) => ({
    join: 'JOIN "minutes_versions" v ON v."id" = p."versionId" JOIN "minutes" m ON m."id" = v."minutesId"',
    where: dialectOf(source).isOneOf('m."sessionId"', sessionsOfMinutes(caller, params)),
  });
  const found = await newestWithWords(
    source,
    RECORD_WORDS.minutes,
    text,
    { enough: MOST_HITS + 1, within: hasAreas ? undefined : within, beginning: FIRST_COMPOSED },
    (matches, params) => partsOf(question, matches, params),
  );
  const hits = new Map<string, Found & { partIds: string[] }>();
  for (const row of found) {
    const hit = hits.get(row.sessionId) ?? { ...toMinutes(row), texts: [], partIds: [], isConfidential: false };
    hit.partIds = row.label === OPEN_PART ? [row.partId, ...hit.partIds] : [...hit.partIds, row.partId];
    hit.isConfidential ||= row.label !== OPEN_PART;
    hits.set(row.sessionId, hit);
  }
  return [...hits.values()].sort(latestFirst);
}

/** Which minutes are found, and in which order: not by version, as there may be a new one because of what the caller may not know. */
const FIRST_COMPOSED = {
  at: ({ partId }: PartRow) => partId,
  since: ({ firstPartId }: PartRow) => firstPartId,
};
const FIRST_PART = `CASE WHEN v."number" = 1 AND p."label" = '${OPEN_PART}' THEN p."id" ELSE (
  SELECT fp."id" FROM "minutes_versions" fv JOIN "minutes_parts" fp ON fp."versionId" = fv."id"
  WHERE fv."minutesId" = m."id" AND fv."number" = 1 AND fp."label" = '${OPEN_PART}') END`;
const latestFirst = (a: Found, b: Found): number => (`${a.on} ${a.id}` < `${b.on} ${b.id}` ? 1 : -1);

/** SQL for the sessions whose minutes a caller without areas may know: `partsOf` checks each. */
function sessionsOfMinutes(caller: Caller, params: Params): string {
  const named = `SELECT s."id" FROM "sessions" s WHERE s."id" IN (${params.list(caller.sessionIds)})`;
  return `${named} UNION ${sessionsToBePartyTo(caller, params)}`;
}

/** The same minutes with the texts of the parts that contain the words: for the few that are shown. */
export async function withTexts(source: Source, hits: readonly Found[]): Promise<Found[]> {
  const params = new Params();
  const ids = params.list(hits.flatMap(({ partIds = [] }) => partIds));
  if (params.values.length === 0) return [...hits];
  const parts = await rows<{ id: string; content: OpenContent | ConfidentialContent }>(
    source,
    `SELECT p."id", p."content" FROM "minutes_parts" p WHERE p."id" IN (${ids}) AND p."content" IS NOT NULL`,
    params.values,
    { content: 'json' },
  );
  const told = new Map(parts.map(({ id, content }) => [id, toldIn(content)]));
  return hits.map(({ partIds = [], ...hit }) => ({ ...hit, texts: partIds.flatMap((id) => told.get(id) ?? []) }));
}

function partsOf({ source, caller, areas }: Question, matches: WordMatches, params: Params): Promise<PartRow[]> {
  const mayWrite = inPermittedSessions(
    caller,
    'minutes.write',
    { session: 'm."sessionId"', area: 'g."areaId"' },
    params,
  );
  const isConcept = `(m."state" = 'concept' AND ${mayWrite})`;
  const asConcept = knownPart(caller, true, 'm."sessionId"', params);
  const asSent = knownPart(caller, false, 'm."sessionId"', params);
  const conditions = [
    matches.where,
    `p."content" IS NOT NULL`,
    visibleTo(caller, params),
    `CASE WHEN ${isConcept} THEN ${asConcept} ELSE ${asSent} END`,
    // Recipients continue to see what was sent while the chair works on the next draft.
    `v."number" = CASE WHEN m."state" <> 'concept' OR ${mayWrite} THEN m."currentNumber"
       ELSE (SELECT max(x."number") FROM "minutes_versions" x WHERE x."minutesId" = m."id" AND ${sentAt('x')} IS NOT NULL) END`,
  ];
  if (areas) conditions.push(`g."areaId" IN (${params.list(areas)})`);
  return rows<PartRow>(
    source,
    `SELECT m."sessionId", m."state", s."heldOn", g."name" AS "meetingName", g."areaId", n."name" AS "areaName",
       p."id" AS "partId", ${FIRST_PART} AS "firstPartId", p."label", ${mayWrite} AS "mayWrite"
     FROM ${matches.from} CROSS JOIN "minutes_parts" p JOIN "minutes_versions" v ON v."id" = p."versionId"
       JOIN "minutes" m ON m."id" = v."minutesId" JOIN "sessions" s ON s."id" = m."sessionId"
       JOIN "meetings" g ON g."id" = s."meetingId" JOIN "areas" n ON n."id" = g."areaId"
     WHERE p."id" = ${matches.id} AND ${conditions.join(' AND ')} ORDER BY ${matches.newestFirst} ${LIMIT}`,
    params.values,
    { mayWrite: 'boolean' },
  );
}

const toMinutes = ({ sessionId, state, heldOn, meetingName, areaId, areaName, mayWrite }: PartRow) => ({
  kind: 'minutes' as const,
  id: sessionId,
  number: null,
  title: meetingName,
  organisationName: null,
  areaId,
  areaName,
  on: heldOn,
  // Recipients continue to see what was sent while the chair works on the next draft.
  state: state === 'concept' && !mayWrite ? 'sent' : state,
  sessionId,
});

interface DecisionRow {
  id: string;
  number: string;
  title: string;
  decision: string;
  heldOn: string;
  sessionId: string;
  areaId: string;
  areaName: string;
  isConfidential: boolean;
}

/** The decisions of closed sessions, as in their register. */
export async function findDecisions(question: Question): Promise<Found[]> {
  const { source, caller, text } = question;
  const { meetingIds, sessionIds } = caller;
  const hasAreas =
    permittedAreas(caller, 'sessions.read').length > 0 || permittedAreas(caller, 'meetings.read').length > 0;
  if (!hasAreas && meetingIds.length === 0 && sessionIds.length === 0) return [];
  const within = (params: Params) => ({
    join: '',
    where: dialectOf(source).isOneOf(
      'i."sessionId"',
      `SELECT e."id" FROM "sessions" e WHERE e."meetingId" IN (${params.list(meetingIds)}) OR e."id" IN (${params.list(sessionIds)})`,
    ),
  });
  const found =
    (await numbered(question)) ??
    (await newestWithWords(
      source,
      RECORD_WORDS.decisions,
      text,
      { enough: MOST_HITS + 1, within: hasAreas ? undefined : within },
      (matches, params) => decisionsOf(question, matches, params),
    ));
  return found.map(({ heldOn, decision, ...row }) => ({
    ...row,
    kind: 'decision',
    texts: [decision],
    organisationName: null,
    on: heldOn,
    state: null,
  }));
}

/** The one with this number, which names area, day and agenda item; null if the text is no such number. */
async function numbered(question: Question): Promise<DecisionRow[] | null> {
  const [, code, day, number] = DECISION_NUMBER.exec(question.text) ?? [];
  if (!code || !isCalendarDate(day)) return null;
  const params = new Params();
  const matches = {
    from: `(SELECT x."id" FROM "areas" r JOIN "meetings" g ON g."areaId" = r."id" JOIN "sessions" e ON e."meetingId" = g."id"
      JOIN "agenda_items" x ON x."sessionId" = e."id" WHERE r."code" = ${params.add(code.toUpperCase())}
        AND e."heldOn" = ${params.add(day)} AND lower(x."number") = ${params.add(number.toLowerCase())}) w`,
    where: 'TRUE',
    id: 'w."id"',
    newestFirst: 'w."id" DESC',
  };
  return decisionsOf(question, matches, params);
}

const DECISION_NUMBER = /^([a-z]{2,5})-(\d{4}-\d\d-\d\d)\/(v?\d{1,4}[a-z]?)$/i;

function decisionsOf(
  { source, caller, areas }: Question,
  matches: WordMatches,
  params: Params,
): Promise<DecisionRow[]> {
  const conditions = [
    matches.where,
    `s."state" = 'closed' AND i."decision" IS NOT NULL`,
    readableSessions(caller, params),
    readableNotes(caller, params),
    knownTo(caller, 'i', ITEM_PARTIES, params),
  ];
  if (areas) conditions.push(`m."areaId" IN (${params.list(areas)})`);
  const day = dialectOf(source).dayText('s."heldOn"');
  return rows<DecisionRow>(
    source,
    `SELECT i."id", a."code" || '-' || ${day} || '/' || i."number" AS "number", i."title", i."decision", s."heldOn",
       i."sessionId", m."areaId", a."name" AS "areaName", i."isConfidential"
     FROM ${matches.from} CROSS JOIN "agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId"
       JOIN "meetings" m ON m."id" = s."meetingId" JOIN "areas" a ON a."id" = m."areaId"
     WHERE i."id" = ${matches.id} AND ${conditions.join(' AND ')} ORDER BY ${matches.newestFirst} ${LIMIT}`,
    params.values,
    { isConfidential: 'boolean' },
  );
}

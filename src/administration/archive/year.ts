import { PLAIN_COLUMNS, QUESTION_SHAPE, QUESTION_TABLES } from '../../questions/questions.views.js';
import { MinutesService } from '../../minutes/minutes.service.js';
import type { MinutesView } from '../../minutes/minutes.dto.js';
import { isSent } from '../../meetings/adopted-minutes.js';
import { grouped } from '../../platform/common/grouped.js';
import { type Source, Params, rows } from '../../platform/database/rows.js';

/** Everything non-confidential that happened in a year in an area and the areas below it. */
interface YearOfArea {
  minutes: MinutesView[];
  /** Sessions without a final text: not closed, not adopted, or destroyed after their retention period. */
  gaps: Gap[];
  actions: object[];
  /** The granted and refused initiatives of the leefbaarheidsbudgets of the year. */
  initiatives: object[];
  /** The questions asked in the year. */
  questions: object[];
}
export interface Gap {
  sessionId: string;
  heldOn: string;
  why: 'not-closed' | 'not-adopted' | 'destroyed';
}

interface Note {
  actionId: string;
  heldOn: string;
  note: string;
}

interface Held {
  sessionId: string;
  heldOn: string;
  versionId: string | null;
  state: 'concept' | 'sent' | 'adopted' | null;
}

/** Reads the year, in one pass over its sessions and one over its actions. */
export async function readYear(
  source: Source,
  minutes: Pick<MinutesService, 'openCopy'>,
  areaIds: readonly string[],
  year: number,
): Promise<YearOfArea> {
  const found: MinutesView[] = [];
  const gaps: Gap[] = [];
  for (const { sessionId, heldOn, versionId, state } of await sessionsOf(source, areaIds, year)) {
    const copy = versionId === null ? null : await minutes.openCopy(source, versionId);
    if (copy) found.push(copy);
    if (versionId === null) gaps.push({ sessionId, heldOn, why: 'not-closed' });
    else if (!copy) gaps.push({ sessionId, heldOn, why: 'destroyed' });
    else if (state !== 'adopted') gaps.push({ sessionId, heldOn, why: 'not-adopted' });
  }
  return {
    minutes: found,
    gaps,
    actions: await actionsOf(source, areaIds, year),
    initiatives: await initiativesOf(source, areaIds, year),
    questions: await questionsOf(source, areaIds, year),
  };
}

function sessionsOf(source: Source, areaIds: readonly string[], year: number): Promise<Held[]> {
  const params = new Params();
  return rows<Held>(
    source,
    `SELECT s."id" AS "sessionId", s."heldOn", v."id" AS "versionId", m."state"
     FROM "meetings" g JOIN "sessions" s ON s."meetingId" = g."id"
     LEFT JOIN "minutes" m ON m."sessionId" = s."id"
     LEFT JOIN "minutes_versions" v ON v."minutesId" = m."id" AND v."number" = m."currentNumber"
     WHERE g."areaId" IN (${params.list([...areaIds])}) AND s."state" <> 'cancelled'
       AND s."heldOn" BETWEEN ${params.add(`${year}-01-01`)} AND ${params.add(`${year}-12-31`)}
     ORDER BY s."heldOn", s."id"`,
    params.values,
  );
}

/**
 * The non-confidential actions agreed in the year, in their current state, with their owners, co-owners, results and the notes of
 * sessions whose minutes were sent.
 */
async function actionsOf(source: Source, areaIds: readonly string[], year: number): Promise<object[]> {
  const params = new Params();
  const actions = await rows<{ id: string }>(
    source,
    `SELECT a."id", a."number", a."title", o."name" AS "owner", a."recordedOn", a."dueKind", a."dueOn", a."originalDueOn",
       a."status", a."statusReason", a."realisation", a."result", a."doneOn", a."closedOn", a."sessionId"
     FROM "actions" a LEFT JOIN "organisations" o ON o."id" = a."ownerId"
     WHERE a."areaId" IN (${params.list([...areaIds])}) AND NOT a."isConfidential" AND NOT a."isWithdrawn"
       AND a."recordedOn" BETWEEN ${params.add(`${year}-01-01`)} AND ${params.add(`${year}-12-31`)}
     ORDER BY a."recordedOn", a."id"`,
    params.values,
  );
  const helped = grouped(await coOwnersOf(source, areaIds), ({ actionId }) => actionId);
  const noted = grouped(await notesOf(source, areaIds), ({ actionId }) => actionId);
  return actions.map((action) => ({
    ...action,
    coOwners: (helped.get(action.id) ?? []).map(({ name }) => name),
    notes: (noted.get(action.id) ?? []).map(({ heldOn, note }) => ({ heldOn, note })),
  }));
}

/** The decisions on the budgets of the year, in cents, in their current state. */
function initiativesOf(source: Source, areaIds: readonly string[], year: number): Promise<object[]> {
  const params = new Params();
  return rows(
    source,
    `SELECT i."id", a."name" AS "area", i."title", coalesce(o."name", 'bewoners') AS "requestedBy", i."theme", i."requestedCents",
       i."requestedOn", i."state", i."grantedCents", i."reason", i."decidedOn", i."sessionId", i."reference", i."spentCents",
       i."isAccountedFor", i."result"
     FROM "initiatives" i JOIN "budgets" b ON b."id" = i."budgetId" JOIN "areas" a ON a."id" = b."areaId"
     LEFT JOIN "organisations" o ON o."id" = i."requestedById"
     WHERE b."areaId" IN (${params.list([...areaIds])}) AND b."year" = ${params.add(year)} AND i."state" <> 'requested'
     ORDER BY i."decidedOn", i."id"`,
    params.values,
    { isAccountedFor: 'boolean' },
  );
}

/** The questions asked in the year, and their current outcomes. */
function questionsOf(source: Source, areaIds: readonly string[], year: number): Promise<object[]> {
  const params = new Params();
  return rows(
    source,
    `SELECT ${PLAIN_COLUMNS}, a."number" AS "action" FROM ${QUESTION_TABLES} WHERE q."areaId" IN (${params.list([...areaIds])})
       AND q."askedOn" BETWEEN ${params.add(`${year}-01-01`)} AND ${params.add(`${year}-12-31`)} ORDER BY q."askedOn", q."id"`,
    params.values,
    QUESTION_SHAPE,
  );
}

function coOwnersOf(source: Source, areaIds: readonly string[]): Promise<{ actionId: string; name: string }[]> {
  const params = new Params();
  return rows(
    source,
    `SELECT c."actionId", o."name" FROM "action_co_owners" c JOIN "actions" a ON a."id" = c."actionId"
     JOIN "organisations" o ON o."id" = c."organisationId"
     WHERE a."areaId" IN (${params.list([...areaIds])}) AND NOT a."isConfidential" ORDER BY natural_key(o."name"), o."id"`,
    params.values,
  );
}

function notesOf(source: Source, areaIds: readonly string[]): Promise<Note[]> {
  const params = new Params();
  return rows<Note>(
    source,
    `SELECT d."actionId", s."heldOn", d."note" FROM "discussions" d JOIN "actions" a ON a."id" = d."actionId"
     JOIN "sessions" s ON s."id" = d."sessionId"
     WHERE a."areaId" IN (${params.list([...areaIds])}) AND NOT a."isConfidential" AND d."note" IS NOT NULL AND ${isSent('s')}
     ORDER BY s."heldOn", s."id"`,
    params.values,
  );
}

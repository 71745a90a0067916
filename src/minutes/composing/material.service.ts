import { Injectable } from '@nestjs/common';
import { inForce, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Attendance } from '../../meetings/attendance/attendance.entity.js';
import { Meeting } from '../../meetings/meeting.entity.js';
import { AgendaItem } from '../../meetings/agenda/agenda-item.entity.js';
import { decidedIn } from '../../budget/decided-in-session.js';
import { askedIn } from '../../questions/asked-in-session.js';
import { askedBySession } from '../../actions/discussions/asked-discussions.js';
import { rowInSession } from '../../actions/history/as-of-session.js';
import { ActionUpdate } from '../../actions/history/action-update.entity.js';
import { type SessionStep, stepsForSession } from '../../actions/escalations/session-steps.js';
import { adoptionsOf } from './minutes-text.js';
import { standingsBefore } from './session-changes.js';
import type { ItemRow, Material, SessionRow } from './material.js';
import {
  type Known,
  type Named,
  personOf,
  type RawAction,
  type RawAttendance,
  toActionRow,
  withFunction,
} from './material.rules.js';
import { isOnAgendaSql } from '../../meetings/agenda/item-states.rules.js';

interface Head extends Pick<SessionRow, 'heldOn' | 'startTime' | 'endTime' | 'place'> {
  meetingId: string;
  meetingName: string;
  meetingKind: SessionRow['meeting']['kind'];
  minutesForm: SessionRow['meeting']['minutesForm'];
  hasOpenAnnex: boolean;
  areaId: string;
  areaName: string;
  chairId: string | null;
  secretaryId: string | null;
}

/** Loads the data for the minutes of a session; a fixed number of statements, however long the session. */
@Injectable()
export class MaterialService {
  async load(source: Source, sessionId: string): Promise<Material> {
    const head = (await row<Head>(source, HEAD, [sessionId], shapeOf(Meeting)))!;
    const attendances = await rows<RawAttendance>(source, ATTENDANCES, [sessionId], shapeOf(Attendance));
    const further = await organisationsOf(
      source,
      attendances.flatMap(({ alsoForIds }) => alsoForIds ?? []),
    );
    const items = await rows<ItemRow>(source, ITEMS, [sessionId], shapeOf(AgendaItem));
    const itemParties = await pairs(source, ITEM_PARTIES, sessionId);
    const actions = await rows<RawAction>(source, ACTIONS, [sessionId], {
      ...shapeOf(ActionUpdate),
      isRecordedHere: 'boolean',
    });
    const actionParties = await pairs(source, ACTION_PARTIES, sessionId);
    const coOwners = await organisationsOf(
      source,
      actions.flatMap(({ coOwnerIds }) => coOwnerIds),
    );
    const steps = await stepsForSession(source, sessionId);
    const before = await standingsBefore(source, sessionId);
    const asked = await askedBySession(source, sessionId);
    const people = await this.people(source, head, attendances, actions, steps);
    return {
      session: await this.session(source, head, people),
      attendances: attendances.map((attendance) => withFunction(attendance, people, further)),
      items: items.map((item) => ({ ...item, partyIds: itemParties.get(item.id) ?? [] })),
      actions: actions.map((action) => ({
        ...toActionRow(action, actionParties, coOwners, people, steps),
        before: before.get(action.id) ?? null,
        discussionAsked: asked.get(action.id) ?? null,
      })),
      adoptions: await adoptionsOf(source, sessionId),
      initiatives: await decidedIn(source, sessionId),
      questions: await askedIn(source, sessionId),
      hasOpenAnnex: head.hasOpenAnnex,
    };
  }

  private async session(source: Source, head: Head, people: Known[]): Promise<SessionRow> {
    const next = await row<NonNullable<SessionRow['nextSession']>>(
      source,
      `SELECT s."heldOn", coalesce(s."startTime", m."startTime") AS "startTime", coalesce(s."place", m."place") AS "place"
       FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
       WHERE s."meetingId" = $1 AND s."state" <> 'cancelled' AND s."heldOn" > $2 ORDER BY s."heldOn", s."id" LIMIT 1`,
      [head.meetingId, head.heldOn],
    );
    const { heldOn, startTime, endTime, place, meetingId, meetingName, meetingKind, minutesForm, areaId } = head;
    return {
      meeting: { id: meetingId, name: meetingName, kind: meetingKind, minutesForm },
      area: { id: areaId, name: head.areaName },
      heldOn,
      startTime,
      endTime,
      place,
      chair: personOf(head.chairId, null, people),
      secretary: personOf(head.secretaryId, null, people),
      nextSession: next ?? null,
    };
  }

  /** Everyone named, with each membership valid on that day. */
  private people(
    source: Source,
    head: Head,
    attendances: RawAttendance[],
    actions: RawAction[],
    steps: SessionStep[],
  ): Promise<Known[]> {
    const ids = [
      head.chairId,
      head.secretaryId,
      ...attendances.map(({ personId }) => personId),
      ...actions.map(({ ownerPersonId }) => ownerPersonId),
      ...steps.map(({ personId }) => personId),
    ].filter((id) => id !== null);
    const params = new Params();
    const day = params.add(head.heldOn);
    return rows<Known>(
      source,
      `SELECT p."id" AS "personId", p."name", m."organisationId", o."name" AS "organisation", m."function"
       FROM "people" p
       LEFT JOIN "memberships" m ON m."personId" = p."id" AND ${inForce('m', day)}
       LEFT JOIN "organisations" o ON o."id" = m."organisationId"
       WHERE p."id" IN (${params.list([...new Set(ids)])}) ORDER BY p."id", m."fromOn" DESC, m."id"`,
      params.values,
    );
  }
}

/** Sorted by name. */
function organisationsOf(source: Source, ids: string[]): Promise<Named[]> {
  const params = new Params();
  const sql = `SELECT o."id", o."name" FROM "organisations" o WHERE o."id" IN (${params.list([...new Set(ids)])}) ORDER BY natural_key(o."name")`;
  return rows<Named>(source, sql, params.values);
}

/** Values by id, in the order of the statement. */
async function pairs(source: Source, sql: string, sessionId: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { id, value } of await rows<{ id: string; value: string }>(source, sql, [sessionId])) {
    found.set(id, [...(found.get(id) ?? []), value]);
  }
  return found;
}

/** The area with its name on the day itself. */
const HEAD = `
  SELECT s."heldOn", coalesce(s."startTime", m."startTime") AS "startTime", coalesce(s."heldUntil", s."endTime") AS "endTime",
    coalesce(s."place", m."place") AS "place", s."chairId", s."secretaryId",
    m."id" AS "meetingId", m."name" AS "meetingName", m."kind" AS "meetingKind", m."minutesForm",
    coalesce(m."hasOpenAnnex", FALSE) AS "hasOpenAnnex", a."id" AS "areaId", coalesce((SELECT n."name" FROM "area_names" n
      WHERE n."areaId" = a."id" AND n."untilOn" >= s."heldOn" ORDER BY n."untilOn" LIMIT 1), a."name") AS "areaName"
  FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId" JOIN "areas" a ON a."id" = m."areaId"
  WHERE s."id" = $1`;

const ATTENDANCES = `
  SELECT t."personId", coalesce(p."name", t."guestName") AS "name", t."organisationId", o."name" AS "organisation",
    t."isReplacement", t."status", t."alsoForIds"
  FROM "attendances" t
  LEFT JOIN "people" p ON p."id" = t."personId"
  LEFT JOIN "organisations" o ON o."id" = t."organisationId"
  WHERE t."sessionId" = $1 AND coalesce(p."name", t."guestName") IS NOT NULL ORDER BY t."id"`;

const ITEMS = `
  SELECT i."id", i."number", i."position", i."kind", i."title", i."notes", i."decision", i."state", i."isConfidential"
  FROM "agenda_items" i WHERE i."sessionId" = $1 AND ${isOnAgendaSql('i')} ORDER BY i."position", i."id"`;

const ITEM_PARTIES = `
  SELECT p."agendaItemId" AS "id", p."organisationId" AS "value"
  FROM "agenda_item_parties" p JOIN "agenda_items" i ON i."id" = p."agendaItemId" WHERE i."sessionId" = $1`;

const OF_SESSION = `
  SELECT "id" FROM "actions" WHERE "sessionId" = $1
  UNION SELECT "actionId" FROM "discussions" WHERE "sessionId" = $1`;

/** The owner of an action recorded here remains named if it has been handed back since. */
const OWNER_ID = `CASE WHEN a."sessionId" = $1 AND u."isHandedBack" THEN (
    SELECT p."ownerId" FROM "action_updates" p WHERE p."actionId" = a."id" AND p."ownerId" IS NOT NULL
      AND (p."effectiveOn", p."sequence") < (u."effectiveOn", u."sequence")
    ORDER BY p."effectiveOn" DESC, p."sequence" DESC LIMIT 1) ELSE u."ownerId" END`;

/** As of the day of the session and as known when it closed, so that minutes composed again say the same. */
const ACTIONS = `
  SELECT a."id", a."number", u."title", a."reference", a."agendaItemId", a."isConfidential", o."id" AS "ownerId", o."name" AS "owner",
    u."ownerPersonId", u."coOwnerIds", u."dueKind", u."dueOn", u."status", u."resumeOn", u."doneOn",
    CASE WHEN u."status" = 'cancelled' THEN u."statusReason" ELSE u."result" END AS "result", u."postponements", coalesce(a."sessionId" = $1, FALSE) AS "isRecordedHere", d."kind" AS "discussionKind", d."outcome", d."note"
  FROM "actions" a JOIN "sessions" s ON s."id" = $1
  JOIN "action_updates" u ON u."id" = ${rowInSession('a', 's')}
  LEFT JOIN "organisations" o ON o."id" = ${OWNER_ID}
  LEFT JOIN "discussions" d ON d."actionId" = a."id" AND d."sessionId" = $1
  WHERE a."id" IN (${OF_SESSION}) AND NOT a."isWithdrawn" ORDER BY a."id"`;

const ACTION_PARTIES = `
  SELECT p."actionId" AS "id", p."organisationId" AS "value" FROM "action_parties" p WHERE p."actionId" IN (${OF_SESSION})`;

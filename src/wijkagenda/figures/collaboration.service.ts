import { askedIn } from './asked-questions.js';
import { cameFor, isCounted, isTaken, presenceRank } from '../../meetings/attendance/attendance.conditions.js';
import { minutesBetweenSql } from '../../meetings/sessions.rules.js';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Dialect } from '../../platform/database/dialect.js';
import { PointInTime } from '../../platform/database/row-history.js';
import { inForce, Params, rows } from '../../platform/database/rows.js';
import { nameOn } from './area-names.js';
import { type Question, servesOpgave, wasWithdrawn } from './cases-as-of.js';
import type { AttendanceCaseRow, AttendanceRow, KindHours, MeetingHours, SessionRow } from './collaboration.rules.js';

/** Reads sessions with their minutes, and attendance. */
@Injectable()
export class Collaboration {
  constructor(private readonly database: Database) {}

  /** The questions asked, with their outcomes as known. */
  questions(question: Question) {
    return askedIn(this.database.reader, question);
  }

  /** The sessions of the period that were not cancelled, in order, with the name their area had on `asOf`. */
  sessions(question: Question): Promise<SessionRow[]> {
    const { areaIds, fromOn, asOf, knownAt } = question;
    const params = new Params();
    const [from, on, known] = [params.add(fromOn), params.add(asOf), params.add(knownAt)];
    const past = new PointInTime(question, params, this.database);
    const isWithin = (row: string): string => `${row}."sessionId" IN (SELECT "id" FROM "within")`;
    return rows<SessionRow>(
      this.database.reader,
      `WITH "within" AS (
         SELECT s."id", s."heldOn", s."state", s."closedAt", m."name" AS "meeting", m."areaId"
         FROM ${past.rows('sessions')} s JOIN ${past.rows('meetings')} m ON m."id" = s."meetingId"
         WHERE m."areaId" IN (${params.list(areaIds)}) AND s."heldOn" BETWEEN ${from} AND ${on} AND s."state" <> 'cancelled'
           AND ${wasAbout('s', question, params, past)}
       )
       SELECT w."id" AS "sessionId", w."meeting", ${nameOn('a', on, past)} AS "area", w."heldOn", w."state",
         ${wasClosed('w', known)} AS "isClosed", n."sentAt", n."adoptedAt",
         w."id" IN (SELECT t."sessionId" FROM ${past.rows('attendances', isWithin)} t WHERE ${isTaken('t')}) AS "isAttendanceTaken"
       FROM "within" w JOIN "areas" a ON a."id" = w."areaId" LEFT JOIN "minutes" n ON n."sessionId" = w."id"
       ORDER BY w."heldOn", natural_key(${nameOn('a', on, past)}), natural_key(w."meeting"), w."id"`,
      params.values,
      { isClosed: 'boolean', isAttendanceTaken: 'boolean' },
    );
  }

  /** The duration of the sessions whose end was entered, per meeting, and their number. */
  hours(question: Question): Promise<MeetingHours[]> {
    const params = new Params();
    return rows<MeetingHours>(
      this.database.reader,
      `WITH ${timed(question, params, this.database)}
       SELECT h."meetingId", h."meeting", count(*) AS "held", count(h."minutes") AS "timed", coalesce(sum(h."minutes"), 0) AS "minutes"
       FROM "timed" h GROUP BY h."meetingId", h."meeting" ORDER BY natural_key(h."meeting"), h."meetingId"`,
      params.values,
    );
  }

  /**
   * The same multiplied by the people present, per kind of organisation, with the number of different organisations
   * they came from.
   */
  peopleHours(question: Question): Promise<KindHours[]> {
    const params = new Params();
    return rows<KindHours>(
      this.database.reader,
      `WITH ${timed(question, params, this.database)}
       SELECT o."kind", count(DISTINCT a."organisationId") AS "organisations", sum(h."minutes") AS "minutes"
       FROM "timed" h JOIN "attendances" a ON a."sessionId" = h."id" AND a."status" = 'present'
       JOIN "organisations" o ON o."id" = a."organisationId"
       WHERE h."minutes" IS NOT NULL GROUP BY o."kind" ORDER BY o."kind"`,
      params.values,
    );
  }

  /**
   * Per organisation how often it was invited as a participant and attended: present if one of its people or its
   * vervanger was. An invitation to a single agenda item does not make a participant, and is not counted; nor is a
   * session at which attendance was not taken.
   */
  attendance(question: Question): Promise<AttendanceRow[]> {
    const params = new Params();
    return rows<AttendanceRow>(
      this.database.reader,
      `WITH ${invitedAndCame(question, params, this.database)}
       SELECT i."organisationId", i."name", i."kind", count(*) AS "invited",
         count(*) FILTER (WHERE c."best" = 2) AS "present", count(*) FILTER (WHERE c."best" = 1) AS "excused"
       FROM "invited" i LEFT JOIN "came" c ON c."sessionId" = i."sessionId" AND c."organisationId" = i."organisationId"
       GROUP BY i."organisationId", i."name", i."kind" ORDER BY natural_key(i."name"), i."organisationId"`,
      params.values,
    );
  }

  /** Which organisations were invited to and attended which session; optionally of one organisation only. */
  attendanceCases(question: Question, organisationId?: string): Promise<AttendanceCaseRow[]> {
    const params = new Params();
    const invited = invitedAndCame(question, params, this.database);
    const area = nameOn('a', params.add(question.asOf), new PointInTime(question, params, this.database));
    const only = organisationId ? `i."organisationId" = ${params.add(organisationId)}` : 'TRUE';
    return rows<AttendanceCaseRow>(
      this.database.reader,
      `WITH ${invited}
       SELECT h."id" AS "sessionId", h."heldOn", h."meeting", ${area} AS "area", i."name" AS "organisation", c."best"
       FROM "invited" i JOIN "held" h ON h."id" = i."sessionId" JOIN "areas" a ON a."id" = h."areaId"
       LEFT JOIN "came" c ON c."sessionId" = i."sessionId" AND c."organisationId" = i."organisationId"
       WHERE ${only} ORDER BY h."heldOn", h."id", natural_key(i."name"), i."organisationId"`,
      params.values,
    );
  }
}

/**
 * SQL for "this session was closed at that moment": it has been closed since, or minutes were composed at a closing
 * that had not been undone by reopening at that moment.
 */
function wasClosed(session: string, known: string): string {
  return `((${session}."state" = 'closed' AND (${session}."closedAt" IS NULL OR ${session}."closedAt" <= ${known}))
    OR EXISTS (SELECT 1 FROM "minutes" wn JOIN "minutes_versions" wv ON wv."minutesId" = wn."id"
      WHERE wn."sessionId" = ${session}."id" AND wv."reason" = 'closing' AND wv."composedAt" <= ${known}
        AND NOT EXISTS (SELECT 1 FROM "minutes_events" we WHERE we."minutesId" = wn."id" AND we."kind" = 'reopened'
          AND we."at" >= wv."composedAt" AND we."at" <= ${known})))`;
}

/**
 * SQL for the sessions held, with the minutes between their start and the end that was entered; null without an end.
 */
function timed(question: Question, params: Params, database: { dialect: Dialect }): string {
  const { areaIds, fromOn, asOf, knownAt } = question;
  const [from, on, known] = [params.add(fromOn), params.add(asOf), params.add(knownAt)];
  const past = new PointInTime(question, params, database);
  return `"timed" AS (
      SELECT s."id", s."meetingId", m."name" AS "meeting",
        ${minutesBetweenSql('coalesce(w."startTime", n."startTime")', 'w."heldUntil"')} AS "minutes"
      FROM ${past.rows('sessions')} s JOIN ${past.rows('meetings')} m ON m."id" = s."meetingId"
      JOIN "sessions" w ON w."id" = s."id" JOIN "meetings" n ON n."id" = s."meetingId"
      WHERE m."areaId" IN (${params.list(areaIds)}) AND s."heldOn" BETWEEN ${from} AND ${on}
        AND ${wasClosed('s', known)} AND ${wasAbout('s', question, params, past)}
    )`;
}

/** SQL for "an action of the opgave was agreed or discussed in the session"; true if no opgave is requested. */
function wasAbout(session: string, question: Question, params: Params, past: PointInTime): string {
  if (!question.opgaveId) return 'TRUE';
  const known = params.add(question.knownAt);
  const serves = `${servesOpgave('x', question, params, past)} AND NOT x."isConfidential" AND NOT ${wasWithdrawn('x', known)}
    AND EXISTS (SELECT 1 FROM "action_updates" h WHERE h."actionId" = x."id" AND h."recordedAt" <= ${known})`;
  const discussions = past.rows('discussions', (row) => `${row}."sessionId" = ${session}."id"`);
  return `(EXISTS (SELECT 1 FROM "actions" x WHERE x."sessionId" = ${session}."id" AND ${serves})
    OR EXISTS (SELECT 1 FROM ${discussions} d JOIN "actions" x ON x."id" = d."actionId"
      WHERE d."outcome" IN ('discussed', 'updated', 'accepted') AND ${serves}))`;
}

/**
 * SQL for the sessions held, the organisations invited as participant to those at which attendance was taken, and their
 * presence: 2, 1 excused, 0 absent.
 */
export function invitedAndCame(question: Question, params: Params, database: { dialect: Dialect }): string {
  const { areaIds, fromOn, asOf, knownAt } = question;
  const [from, on, known] = [params.add(fromOn), params.add(asOf), params.add(knownAt)];
  const past = new PointInTime(question, params, database);
  const toHeld = (row: string): string => `${row}."meetingId" IN (SELECT "meetingId" FROM "held")`;
  const atHeld = (row: string): string => `${row}."sessionId" IN (SELECT "id" FROM "held")`;
  return `"held" AS (
      SELECT s."id", s."meetingId", s."heldOn", m."name" AS "meeting", m."areaId"
      FROM ${past.rows('sessions')} s JOIN ${past.rows('meetings')} m ON m."id" = s."meetingId"
      WHERE m."areaId" IN (${params.list(areaIds)}) AND s."heldOn" BETWEEN ${from} AND ${on}
        AND ${wasClosed('s', known)}
        AND ${wasAbout('s', question, params, past)}
    ), "seen" AS MATERIALIZED (
      SELECT a."sessionId", a."organisationId", a."alsoForIds", a."status", ${isCounted('a')} AS "isCounted"
      FROM ${past.rows('attendances', atHeld)} a
    ), "invited" AS (
      SELECT DISTINCT h."id" AS "sessionId", i."organisationId", o."name", o."kind" FROM "held" h
      JOIN ${past.rows('invitations', toHeld)} i ON i."meetingId" = h."meetingId" AND ${inForce('i', 'h."heldOn"')}
      JOIN ${past.rows('organisations')} o ON o."id" = i."organisationId"
      WHERE i."role" = 'participant' AND i."agendaItemId" IS NULL
        AND h."id" IN (SELECT t."sessionId" FROM "seen" t WHERE ${isTaken('t')})
    ), "came" AS (
      SELECT v."sessionId", v."organisationId",
        max(${presenceRank('a')}) AS "best"
      FROM "invited" v JOIN "seen" a ON a."sessionId" = v."sessionId" AND a."isCounted" AND ${cameFor('a', 'v."organisationId"')}
      GROUP BY v."sessionId", v."organisationId"
    )`;
}

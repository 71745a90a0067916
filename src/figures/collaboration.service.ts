import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { inForce, Params, rows } from '../database/rows.js';
import { nameOn } from './area-names.js';
import { type Question, servesOpgave } from './cases-as-of.js';
import type { AttendanceCaseRow, AttendanceRow, SessionRow } from './collaboration.rules.js';

/** Reads how people met: sessions with their minutes, and who came. */
@Injectable()
export class Collaboration {
  constructor(private readonly database: Database) {}

  /** The sessions of the period that were not cancelled, in order, with the name their area had on `asOf`. */
  sessions(question: Question): Promise<SessionRow[]> {
    const { areaIds, fromOn, asOf, knownAt } = question;
    const params = new Params();
    const [from, on, known] = [params.add(fromOn), params.add(asOf), params.add(knownAt)];
    return rows<SessionRow>(
      this.database.reader,
      `SELECT s."id" AS "sessionId", m."name" AS "meeting", ${nameOn('a', on)} AS "area", s."heldOn", s."state",
         ${wasClosed('s', known)} AS "isClosed", n."sentAt", n."adoptedAt"
       FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId" JOIN "areas" a ON a."id" = m."areaId"
       LEFT JOIN "minutes" n ON n."sessionId" = s."id"
       WHERE m."areaId" IN (${params.list(areaIds)}) AND s."heldOn" BETWEEN ${from} AND ${on} AND s."state" <> 'cancelled'
         AND ${wasAbout('s', question, params)}
       ORDER BY s."heldOn", "area", m."name", s."id"`,
      params.values,
      { isClosed: 'boolean' },
    );
  }

  /**
   * Per organisation how often it was invited as participant and came: present when one of its people or its vervanger
   * was. Who is invited for one agenda item only is no participant of the series and counts nowhere.
   */
  attendance(question: Question): Promise<AttendanceRow[]> {
    const params = new Params();
    return rows<AttendanceRow>(
      this.database.reader,
      `WITH ${invitedAndCame(question, params)}
       SELECT o."id" AS "organisationId", o."name", o."kind", count(*) AS "invited",
         count(*) FILTER (WHERE c."best" = 2) AS "present", count(*) FILTER (WHERE c."best" = 1) AS "excused"
       FROM "invited" i JOIN "organisations" o ON o."id" = i."organisationId"
       LEFT JOIN "came" c ON c."sessionId" = i."sessionId" AND c."organisationId" = i."organisationId"
       GROUP BY o."id", o."name", o."kind" ORDER BY o."name", o."id"`,
      params.values,
      { invited: 'integer', present: 'integer', excused: 'integer' },
    );
  }

  /** Who was invited to which session and came; of one organisation only when asked so. */
  attendanceCases(question: Question, organisationId?: string): Promise<AttendanceCaseRow[]> {
    const params = new Params();
    const invited = invitedAndCame(question, params);
    const only = organisationId ? `i."organisationId" = ${params.add(organisationId)}` : 'TRUE';
    return rows<AttendanceCaseRow>(
      this.database.reader,
      `WITH ${invited}
       SELECT h."id" AS "sessionId", h."heldOn", m."name" AS "meeting", ${nameOn('a', params.add(question.asOf))} AS "area",
         o."name" AS "organisation", c."best"
       FROM "invited" i JOIN "held" h ON h."id" = i."sessionId" JOIN "meetings" m ON m."id" = h."meetingId"
       JOIN "areas" a ON a."id" = m."areaId" JOIN "organisations" o ON o."id" = i."organisationId"
       LEFT JOIN "came" c ON c."sessionId" = i."sessionId" AND c."organisationId" = i."organisationId"
       WHERE ${only} ORDER BY h."heldOn", h."id", o."name", o."id"`,
      params.values,
    );
  }
}

/**
 * SQL for "this session was closed at that moment": it is closed since, or minutes were composed at a closing after
 * which it was not reopened until then.
 */
export function wasClosed(session: string, known: string): string {
  return `((${session}."state" = 'closed' AND (${session}."closedAt" IS NULL OR ${session}."closedAt" <= ${known}))
    OR EXISTS (SELECT 1 FROM "minutes" wn JOIN "minutes_versions" wv ON wv."minutesId" = wn."id"
      WHERE wn."sessionId" = ${session}."id" AND wv."reason" = 'closing' AND wv."composedAt" <= ${known}
        AND NOT EXISTS (SELECT 1 FROM "minutes_events" we WHERE we."minutesId" = wn."id" AND we."kind" = 'reopened'
          AND we."at" >= wv."composedAt" AND we."at" <= ${known})))`;
}

/** SQL for "an action of the opgave was agreed or discussed in the session"; true when none is asked for. */
function wasAbout(session: string, question: Question, params: Params): string {
  if (!question.opgaveId) return 'TRUE';
  const serves = `${servesOpgave('x', question, params)} AND NOT x."isConfidential" AND NOT x."isWithdrawn"`;
  return `(EXISTS (SELECT 1 FROM "actions" x WHERE x."sessionId" = ${session}."id" AND ${serves})
    OR EXISTS (SELECT 1 FROM "discussions" d JOIN "actions" x ON x."id" = d."actionId"
      WHERE d."sessionId" = ${session}."id" AND d."outcome" IN ('discussed', 'updated', 'accepted') AND ${serves}))`;
}

/** The sessions held in the period, who was invited to each as participant, and who came: 2 present, 1 excused, 0 absent. */
export function invitedAndCame(question: Question, params: Params): string {
  const { areaIds, fromOn, asOf, knownAt } = question;
  const [from, on, known] = [params.add(fromOn), params.add(asOf), params.add(knownAt)];
  return `"held" AS (
      SELECT s."id", s."meetingId", s."heldOn" FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
      WHERE m."areaId" IN (${params.list(areaIds)}) AND s."heldOn" BETWEEN ${from} AND ${on}
        AND ${wasClosed('s', known)}
        AND ${wasAbout('s', question, params)}
    ), "invited" AS (
      SELECT DISTINCT h."id" AS "sessionId", i."organisationId" FROM "held" h
      JOIN "invitations" i ON i."meetingId" = h."meetingId" AND ${inForce('i', 'h."heldOn"')}
      WHERE i."role" = 'participant' AND i."organisationId" IS NOT NULL AND i."agendaItemId" IS NULL
    ), "came" AS (
      SELECT a."sessionId", a."organisationId",
        max(CASE a."status" WHEN 'present' THEN 2 WHEN 'excused' THEN 1 ELSE 0 END) AS "best"
      FROM "attendances" a JOIN "held" h ON h."id" = a."sessionId"
      WHERE a."personId" IS NOT NULL OR a."isReplacement" GROUP BY a."sessionId", a."organisationId"
    )`;
}

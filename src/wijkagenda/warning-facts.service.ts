import { cameFor, isCounted, isTaken, presenceRank } from '../meetings/attendance/attendance.conditions.js';
import { steeredOn } from '../goals/goal-conditions.js';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { IS_NEWS, knownActions, LISTED } from '../actions/action-conditions.js';
import { isProvisional } from '../actions/history/as-of-session.js';
import { statusOnSql } from '../actions/overdue.rules.js';
import { addDays, momentOf } from '../platform/common/calendar-date.js';
import { Database } from '../platform/database/database.js';
import { chunks, inForce, Params, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { MailLink } from '../platform/mail/mail-link.entity.js';
import { isOfConfidential } from '../platform/mail/outgoing-message.entity.js';
import { Action } from '../actions/action.entity.js';
import { ActionRecipients } from '../actions/recipients/action-recipients.service.js';
import {
  type ActionFacts,
  type AreaFacts,
  DIGESTS,
  type GoalFacts,
  type PresenceFacts,
} from './early-warnings.rules.js';

type FoundAction = Omit<ActionFacts, 'digests' | 'hasContact'> & { ownerPersonId: string | null };
interface SentDigest {
  sentAt: string;
  isConfidential: boolean;
}
/** Older digests are not considered. */
const DIGEST_DAYS = 7 * (DIGESTS + 9);
/** Older sessions say nothing about present attendance. */
const PRESENCE_DAYS = 365;

/** The facts that can cause an early warning, read in a few statements over all areas together. */
@Injectable()
export class WarningFacts {
  constructor(
    private readonly database: Database,
    private readonly recipients: ActionRecipients,
  ) {}

  /** The unfinished actions of these areas that the caller may know of; those of a session that is still open are none yet. */
  async actions(
    areaIds: readonly string[],
    by: Pick<Caller, 'organisationIds' | 'today'>,
    source: Source = this.database.reader,
  ): Promise<ActionFacts[]> {
    const params = new Params();
    const on = params.add(by.today);
    const found = await rows<FoundAction>(
      source,
      `SELECT a."id" AS "actionId", a."number", a."title", a."areaId", ar."name" AS "areaName", a."theme", a."dueOn",
         a."postponements", a."ownerId", o."name" AS "ownerName", o."kind" AS "ownerKind", a."isConfidential",
         ${statusOnSql('a', on)} AS "status",
         (SELECT max(u."recordedAt") FROM "action_updates" u WHERE u."actionId" = a."id") AS "lastUpdateAt",
         (SELECT count(*) FROM "action_escalations" e WHERE e."actionId" = a."id" AND e."answeredAt" IS NULL)
           AS "unansweredEscalations",
         a."ownerPersonId"
       FROM "actions" a JOIN (SELECT "id", "name", row_number() OVER (ORDER BY natural_key("name"), "id") AS "place" FROM "areas") ar
         ON ar."id" = a."areaId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
       WHERE a."closedOn" IS NULL AND ${LISTED} AND NOT ${isProvisional('a')} AND a."areaId" IN (${params.list(areaIds)}) AND ${knownActions(by, params)}
       ORDER BY ar."place", a."numberKey"`,
      params.values,
      shapeOf(Action),
    );
    const digests = await this.digests(source, by.today);
    const secret = found.filter(({ isConfidential }) => isConfidential).map(({ actionId }) => actionId);
    const parties = await this.recipients.parties(source, secret);
    const owned = found.map(({ actionId, ownerId, ownerPersonId, areaId, isConfidential }) => {
      const partyIds = parties.get(actionId) ?? [];
      return { ownerId, ownerPersonId, areaId, isConfidential, partyIds };
    });
    const told = await this.recipients.ofOwners(source, owned, by.today);
    // Nobody learns from it that a mail was sent only because of what is confidential.
    const since = ({ actionId, isConfidential }: FoundAction, moment: string): number =>
      [...(digests.get(actionId)?.values() ?? [])].filter(
        (digest) => digest.sentAt > moment && (isConfidential || !digest.isConfidential),
      ).length;
    const news = await this.lastNews(
      source,
      found.filter((action) => since(action, '') >= DIGESTS && since(action, action.lastUpdateAt) < DIGESTS),
    );
    // Mutates the rows: there are thousands, and copying them would take longer than the statement.
    return found.map((action, n) => {
      const { ownerId, actionId, lastUpdateAt } = action;
      const hasContact = ownerId === null || told[n].length > 0;
      return Object.assign(action, { hasContact, digests: since(action, news.get(actionId) ?? lastUpdateAt) });
    });
  }

  /** When anybody last said how each of these actions is going; read only for those on which it makes a difference. */
  private async lastNews(source: Source, actions: readonly FoundAction[]): Promise<Map<string, string>> {
    const news = new Map<string, string>();
    for (const some of chunks(actions.map(({ actionId }) => actionId))) {
      const params = new Params();
      const found = await rows<{ actionId: string; at: string }>(
        source,
        `SELECT u."actionId", max(u."recordedAt") AS "at" FROM "action_updates" u
         WHERE u."actionId" IN (${params.list(some)}) AND ${IS_NEWS} GROUP BY u."actionId"`,
        params.values,
      );
      for (const { actionId, at } of found) news.set(actionId, at);
    }
    return news;
  }

  /** The active goals of these areas that should be measured manually during their term. */
  async goals(areaIds: readonly string[], today: string, source: Source = this.database.reader): Promise<GoalFacts[]> {
    const params = new Params();
    const on = params.add(today);
    return rows<GoalFacts>(
      source,
      `SELECT g."id" AS "goalId", g."title", g."areaId", a."name" AS "areaName", g."startsOn",
         (SELECT max(m."measuredOn") FROM "goal_measurements" m WHERE m."goalId" = g."id" AND m."isCurrent") AS "measuredOn"
       FROM "goals" g JOIN "areas" a ON a."id" = g."areaId"
       WHERE g."areaId" IN (${params.list(areaIds)}) AND g."state" = 'active' AND g."metric" IS NULL
         AND g."courseKind" = 'line' AND g."startsOn" <= ${on} AND g."endsOn" >= ${on}
       ORDER BY natural_key(a."name"), natural_key(g."title")`,
      params.values,
    );
  }

  /**
   * The organisations invited as participants to the closed sessions of the last year at which attendance was taken, and
   * their attendance.
   */
  async presences(
    areaIds: readonly string[],
    today: string,
    source: Source = this.database.reader,
  ): Promise<PresenceFacts[]> {
    const params = new Params();
    const [from, on] = [params.add(addDays(today, -PRESENCE_DAYS)), params.add(today)];
    return rows<PresenceFacts>(
      source,
      `SELECT o."id" AS "organisationId", o."name", m."id" AS "meetingId", a."id" AS "areaId", a."name" AS "areaName",
         s."heldOn", (SELECT max(${presenceRank('t')})
           FROM "attendances" t WHERE t."sessionId" = s."id" AND ${cameFor('t', 'o."id"')}
             AND ${isCounted('t')}) AS "best"
       FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId" JOIN "areas" a ON a."id" = m."areaId"
       JOIN "invitations" i ON i."meetingId" = m."id" AND i."role" = 'participant' AND i."agendaItemId" IS NULL
         AND ${inForce('i', 's."heldOn"')} AND ${inForce('i', on)}
       JOIN "organisations" o ON o."id" = i."organisationId"
       WHERE m."areaId" IN (${params.list(areaIds)}) AND s."state" = 'closed' AND s."heldOn" BETWEEN ${from} AND ${on}
         AND EXISTS (SELECT 1 FROM "attendances" tk WHERE tk."sessionId" = s."id" AND ${isTaken('tk')})
       GROUP BY o."id", o."name", m."id", a."id", a."name", s."id", s."heldOn"`,
      params.values,
    );
  }

  /** Per area the number of orange and red goals, and of sessions whose minutes were not sent within so many days. */
  async areas(
    areaIds: readonly string[],
    minutesDays: number,
    today: string,
    source: Source = this.database.reader,
  ): Promise<AreaFacts[]> {
    const params = new Params();
    const before = params.add(addDays(today, -minutesDays));
    const isSteered = steeredOn('g', today, params);
    // Null, not 0, if there are no goals: nothing about goals is then shown for the area.
    const goals = (course: string): string => `CASE WHEN EXISTS (
      SELECT 1 FROM "goals" g WHERE g."areaId" = a."id" AND ${isSteered}) THEN (SELECT count(*) FROM "goals" g
      JOIN "goal_courses" c ON c."goalId" = g."id" AND c."isCurrent" AND c."course" = '${course}'
      WHERE g."areaId" = a."id" AND ${isSteered}) END`;
    return rows<AreaFacts>(
      source,
      `SELECT a."id" AS "areaId", a."name" AS "areaName", ${goals('orange')} AS "goalsOrange", ${goals('red')} AS "goalsRed",
         (SELECT count(*) FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId" AND m."areaId" = a."id"
          LEFT JOIN "minutes" n ON n."sessionId" = s."id"
          WHERE s."state" IN ('open', 'closed') AND s."heldOn" < ${before} AND n."sentAt" IS NULL) AS "sessionsWithoutMinutes"
       FROM "areas" a WHERE a."id" IN (${params.list(areaIds)}) ORDER BY natural_key(a."name"), a."id"`,
      params.values,
    );
  }

  /** Per action the weekly digests in which it could be answered, one per week: the last one, preferably not confidential. */
  private async digests(source: Source, today: string): Promise<Map<string, Map<string, SentDigest>>> {
    const found = await rows<SentDigest & { subjectIds: string[]; batchId: string }>(
      source,
      `SELECT l."subjectIds", m."batchId", m."sentAt", ${isOfConfidential('m')} AS "isConfidential" FROM "mail_links" l
       JOIN "outgoing_messages" m ON m."id" = l."messageId"
       WHERE l."purpose" = 'digest' AND m."state" = 'sent' AND m."batchId" IS NOT NULL AND m."sentAt" > $1
       ORDER BY "isConfidential" DESC, m."sentAt"`,
      [momentOf(addDays(today, -DIGEST_DAYS))],
      { ...shapeOf(MailLink), isConfidential: 'boolean' },
    );
    const weeks = new Map<string, Map<string, SentDigest>>();
    for (const { subjectIds, batchId, ...digest } of found) {
      for (const id of subjectIds) weeks.set(id, (weeks.get(id) ?? new Map<string, SentDigest>()).set(batchId, digest));
    }
    return weeks;
  }
}

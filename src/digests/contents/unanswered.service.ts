import { Injectable } from '@nestjs/common';
import { IS_NEWS } from '../../actions/action-conditions.js';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { isOfConfidential } from '../../platform/mail/outgoing-message.entity.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import type { Assignment } from '../../actions/recipients/assignments.js';
import type { Mailed, Silence } from './overview.rules.js';

/** The number of consecutive unanswered digests that leads to "nog geen antwoord, bel even". */
const DIGESTS_RUNNING = 4;
/** Older mails are ignored. */
const LOOKED_AT_DAYS = 120;

/** Finds people who did not answer their last digests, for the chairs' overview. */
@Injectable()
export class Unanswered {
  async find(
    source: Source,
    overdue: readonly Assignment[],
    today: string,
  ): Promise<{ mailed: readonly Mailed[]; silences: readonly Silence[] }> {
    const silences = await this.silences(source, today);
    if (silences.length === 0) return { mailed: [], silences };
    const silent = new Set(silences.map(({ personId }) => personId));
    const theirs = overdue.filter(({ recipients }) => recipients.some(({ personId }) => silent.has(personId)));
    const params = new Params();
    const ids = params.list([...new Set(theirs.map(({ actionId }) => actionId))]);
    const found = await rows<{ actionId: string; lastUpdateAt: string }>(
      source,
      `SELECT u."actionId", max(u."recordedAt") AS "lastUpdateAt" FROM "action_updates" u
       WHERE u."actionId" IN (${ids}) AND ${IS_NEWS} GROUP BY u."actionId"`,
      params.values,
    );
    const last = new Map(found.map(({ actionId, lastUpdateAt }) => [actionId, lastUpdateAt]));
    const mailed = theirs.map(({ actionId, areaId, isConfidential, recipients }) => ({
      areaId,
      isConfidential,
      personIds: recipients.map(({ personId }) => personId),
      lastUpdateAt: last.get(actionId) ?? null,
    }));
    return { mailed, silences };
  }

  /**
   * Active people whose last four digests were sent with actions in them, and whose links were never used; not counting those
   * sent only because of what is confidential.
   */
  private silences(source: Source, today: string): Promise<Silence[]> {
    return rows<Silence>(
      source,
      `SELECT p."id" AS "personId", p."name", min(d."sentAt") AS "sinceAt"
       FROM (SELECT m."id", m."personId", m."sentAt", m."lines",
           row_number() OVER (PARTITION BY m."personId" ORDER BY m."sentAt" DESC) AS "nth"
         FROM "outgoing_messages" m WHERE m."kind" = 'digest' AND m."state" = 'sent' AND m."sentAt" > $1
           AND NOT ${isOfConfidential('m')}) d
       JOIN "people" p ON p."id" = d."personId" AND p."active"
       WHERE d."nth" <= ${DIGESTS_RUNNING} AND d."lines" > 0 AND NOT EXISTS (SELECT 1 FROM "mail_links" l
         WHERE l."messageId" = d."id" AND l."purpose" = 'digest' AND l."usedAt" IS NOT NULL)
       GROUP BY p."id", p."name" HAVING count(*) = ${DIGESTS_RUNNING}`,
      [momentOf(addDays(today, -LOOKED_AT_DAYS))],
    );
  }
}

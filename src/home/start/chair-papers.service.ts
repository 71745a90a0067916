import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { sendsAtSql } from '../../minutes/dispatch/waiting-minutes.js';
import { addDays, inShort } from '../../platform/common/calendar-date.js';
import { timeOf } from '../../sessions/pages/session-papers.service.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { MOST_LINES } from './own-blocks.service.js';
import type { StartBlock } from './start.view.js';

/** Older minutes that were never adopted are no longer shown. */
const ADOPTION_DAYS = 365;

interface Paper {
  sessionId: string;
  name: string;
  heldOn: string;
  isSent: boolean;
  /** When it goes by itself, if it was sent off already. */
  leavesAt: string | null;
  total: number;
}

const dispatchWords = (leavesAt: string | null): string =>
  leavesAt === null ? 'nog niet verstuurd' : `gaat om ${timeOf(leavesAt)} weg`;

/** The minutes and reports that wait for a chair. The secretary of a session has its minutes too. */
@Injectable()
export class ChairPapers {
  constructor(private readonly database: Database) {}

  /** Minutes that were composed but not sent, then those waiting for adoption. */
  async minutesToFinish(caller: Caller): Promise<StartBlock | null> {
    const { today, areaIds, sessionIds } = caller;
    const params = new Params();
    const areas = params.list(areaIds.chair);
    const isOwn = `(m."areaId" IN (${areas}) OR s."id" IN (${params.list(sessionIds)}))`;
    const since = params.add(addDays(today, -ADOPTION_DAYS));
    const columns = 's."id" AS "sessionId", m."name", s."heldOn"';
    // Apart, because almost all minutes were sent: those in concept have an index, the others that of the days.
    const found = await rows<Paper>(
      this.database.reader,
      `SELECT x.*, count(*) OVER () AS "total" FROM (
         SELECT ${columns}, FALSE AS "isSent", ${sendsAtSql('n."id"')} AS "leavesAt" FROM "minutes" n JOIN "sessions" s ON s."id" = n."sessionId"
           JOIN "meetings" m ON m."id" = s."meetingId" WHERE n."state" = 'concept' AND s."state" = 'closed' AND ${isOwn}
         UNION ALL
         SELECT ${columns}, TRUE, NULL FROM "meetings" m JOIN "sessions" s ON s."meetingId" = m."id" AND s."heldOn" > ${since}
           JOIN "minutes" n ON n."sessionId" = s."id"
           WHERE m."areaId" IN (${areas}) AND s."state" = 'closed' AND n."state" = 'sent') x
       ORDER BY CASE WHEN x."isSent" THEN 1 ELSE 0 END, x."heldOn", x."sessionId" LIMIT ${MOST_LINES}`,
      params.values,
      { isSent: 'boolean' },
    );
    if (found.length === 0) return null;
    const [first] = found;
    return {
      id: 'verslagen-klaar',
      title: 'Verslagen om te versturen of vast te stellen',
      count: first.total,
      lines: found.map(({ sessionId, name, heldOn, isSent, leavesAt }) => ({
        href: `/vergaderingen/${sessionId}`,
        text: `${name}, ${inShort(heldOn, today)}`,
        facts: [isSent ? 'vaststellen in de volgende vergadering' : dispatchWords(leavesAt)],
      })),
      button: first.isSent
        ? { href: `/verslagen/${first.sessionId}`, label: 'Lees het verslag' }
        : {
            href: `/vergaderingen/${first.sessionId}`,
            label: first.leavesAt ? 'Naar het verslag' : 'Verslag versturen',
          },
    };
  }

  /** Drafts of a quarter or a year that nobody has sent yet. */
  async drafts(caller: Caller): Promise<StartBlock | null> {
    const params = new Params();
    const areas = params.list(caller.areaIds.chair);
    const found = await rows<{
      kind: 'quarter' | 'review';
      id: string;
      areaName: string;
      year: string;
      quarter: number;
    }>(
      this.database.reader,
      `SELECT 'quarter' AS "kind", q."id", a."name" AS "areaName", CAST(q."year" AS varchar(10)) AS "year", q."quarter"
       FROM "quarterly_results" q JOIN "areas" a ON a."id" = q."areaId" WHERE q."state" = 'draft' AND q."areaId" IN (${areas})
       UNION ALL SELECT 'review', r."id", a."name", CAST(r."asOf" AS varchar(10)), 0
       FROM "reviews" r JOIN "areas" a ON a."id" = r."areaId" WHERE r."state" = 'draft' AND r."areaId" IN (${areas})
       ORDER BY 1, 4 DESC, 3, 2`,
      params.values,
    );
    if (found.length === 0) return null;
    const lines = found.map((one) =>
      one.kind === 'quarter'
        ? { href: `/gelukt/${one.id}`, text: `Gelukt: ${one.areaName}, kwartaal ${one.quarter} van ${one.year}` }
        : { href: `/jaarevaluatie/${one.id}`, text: `Jaarevaluatie ${one.areaName} ${one.year.slice(0, 4)}` },
    );
    return {
      id: 'concepten',
      title: 'Concepten die op u wachten',
      count: lines.length,
      intro: 'Er gaat niets weg voordat u het verstuurt.',
      lines: lines.slice(0, MOST_LINES),
      button: { href: lines[0].href, label: 'Verder met het eerste' },
    };
  }
}

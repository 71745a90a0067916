import { Injectable } from '@nestjs/common';
import { steeredOn } from '../../goals/goal-conditions.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { mayDecide } from '../../actions/escalations/escalation-mail.service.js';
import type { ActionStatus } from '../../actions/action.entity.js';
import { statusWords } from '../../actions/words.js';
import { addDays, dayOf, inShort, momentOf, periodInDutch } from '../../platform/common/calendar-date.js';
import { Database } from '../../platform/database/database.js';
import { Params, row, rows } from '../../platform/database/rows.js';
import { readableReviews, REVIEWS_FROM, SUMMARY_COLUMNS } from '../../reviews/review-access.js';
import { PUBLIC_PAGES, publicQuarter } from '../../wijkagenda/public-addresses.js';
import { titleOf } from '../../reviews/documents/review-page.rules.js';
import type { ReviewSummary } from '../../reviews/reviews.dto.js';
import { CourseCounts } from '../../wijkagenda/koersoverzicht/course-counts.service.js';
import { MOST_LINES } from './own-blocks.service.js';
import { counted } from './start.rules.js';
import type { StartBlock, StartLine } from './start.view.js';

const WORST_WORDS =
  'De gebieden waar het grootste deel te laat is, met wat eronder valt. Gebieden met minder dan vijf open acties staan achteraan.';
const BY_MAIL = { href: '/jaarevaluatie#per-mail', label: 'Een mail bij elke nieuwe jaarevaluatie' };

/** Blocks for those who steer: decisions asked of them, whether things are on course, and what was published. */
@Injectable()
export class SteeringBlocks {
  constructor(
    private readonly database: Database,
    private readonly counts: CourseCounts,
  ) {}

  /** The decisions about unfinished actions still to be given by the reader, or by someone they stand in for. */
  async decisions({ personId, today }: Caller): Promise<StartBlock | null> {
    const found = await rows<Asked>(
      this.database.reader,
      `SELECT e."id", a."number", a."title", ar."name" AS "areaName", b."name" AS "askedBy", e."askedOn"
       FROM "action_escalations" e JOIN "actions" a ON a."id" = e."actionId" JOIN "areas" ar ON ar."id" = a."areaId"
       JOIN "people" b ON b."id" = e."askedById"
       WHERE e."answeredAt" IS NULL AND ${mayDecide('$1', '$2')} AND a."closedOn" IS NULL AND NOT a."isConfidential"
         AND NOT a."isWithdrawn"
       ORDER BY e."askedOn", e."id"`,
      [personId, today],
    );
    if (found.length === 0) return null;
    return {
      id: 'besluiten',
      title: 'Uw besluit gevraagd',
      count: found.length,
      lines: found.slice(0, MOST_LINES).map(({ id, number, title, areaName, askedBy, askedOn }) => ({
        href: `/besluiten/${id}`,
        number,
        text: title,
        facts: [areaName, `gevraagd door ${askedBy} op ${inShort(askedOn, today)}`],
      })),
      button: { href: `/besluiten/${found[0].id}`, label: 'Geef uw besluit' },
    };
  }

  /** The reader's decisions of the past year, newest first, with the current state of the action. */
  async decided({ personId, today }: Caller): Promise<StartBlock | null> {
    const found = await rows<Decided>(
      this.database.reader,
      `SELECT e."id", a."number", a."title", ar."name" AS "areaName", e."decision", e."decidedFor", e."answeredAt", a."status", a."resumeOn"
       FROM "action_escalations" e JOIN "actions" a ON a."id" = e."actionId" JOIN "areas" ar ON ar."id" = a."areaId"
       WHERE e."personId" = $1 AND e."answeredAt" >= $2 AND NOT a."isConfidential" AND NOT a."isWithdrawn"
       ORDER BY e."answeredAt" DESC, e."id" LIMIT ${MOST_LINES}`,
      [personId, momentOf(addDays(today, -DAYS_TOLD))],
    );
    if (found.length === 0) return null;
    return {
      id: 'besloten',
      title: 'Wat u besloot',
      lines: found.map((one) => ({
        href: `/besluiten/${one.id}`,
        number: one.number,
        text: one.title,
        facts: [
          one.areaName,
          `besloten op ${inShort(dayOf(one.answeredAt), today)}`,
          `uiterlijk ${inShort(one.decidedFor, today)}`,
          `nu ${statusWords(one.status, one.resumeOn)}`,
        ],
        said: one.decision,
      })),
      button: { href: `/besluiten/${found[0].id}`, label: 'Bekijk uw laatste besluit' },
    };
  }

  /** The three areas in which the largest share is late, as bars. */
  async course({ areaIds, today }: Caller): Promise<StartBlock> {
    const readable = [...new Set([...areaIds.reader, ...areaIds.chair])];
    const worst = await this.counts.worst(readable, today);
    const bars = worst.map(({ areaId, areaName, overdue, open }) => ({
      href: `/gebieden/${areaId}`,
      label: areaName,
      share: `${overdue} van ${open} te laat`,
      percent: Math.round((100 * overdue) / open),
    }));
    return {
      id: 'koers',
      title: 'Waar staat het stil?',
      intro: bars.length > 0 ? WORST_WORDS : 'Nergens is een actie te laat.',
      bars,
      button: { href: '/koersoverzicht', label: 'Naar het koersoverzicht' },
    };
  }

  /** The opgaven of which the reader is bestuurder or procesregisseur, with the course of their goals. */
  async opgaven({ opgaveIds, today }: Caller): Promise<StartBlock | null> {
    const params = new Params();
    const isSteered = steeredOn('g', today, params);
    const course = (name: string) =>
      `(SELECT count(*) FROM "goals" g JOIN "goal_courses" c ON c."goalId" = g."id" AND c."isCurrent"
        WHERE g."opgaveId" = o."id" AND ${isSteered} AND c."course" = '${name}') AS "${name}"`;
    const found = await rows<{ id: string; title: string; green: number; orange: number; red: number; goals: number }>(
      this.database.reader,
      `SELECT o."id", o."title", ${course('green')}, ${course('orange')}, ${course('red')},
         (SELECT count(*) FROM "goals" g WHERE g."opgaveId" = o."id" AND ${isSteered}) AS "goals"
       FROM "opgaven" o WHERE o."id" IN (${params.list(opgaveIds)}) ORDER BY natural_key(o."title"), o."id"`,
      params.values,
    );
    if (found.length === 0) return null;
    return {
      id: 'opgaven',
      title: 'Mijn opgaven',
      count: found.length,
      lines: found.slice(0, MOST_LINES).map((one): StartLine => ({
        href: `/opgaven/${one.id}`,
        text: one.title,
        facts: courseFacts(one),
      })),
      button: { href: '/opgaven', label: 'Alle opgaven' },
    };
  }

  /** The newest final review that the reader may read, or else that was published. */
  async latestReview(caller: Caller): Promise<StartBlock | null> {
    const params = new Params();
    const readable = readableReviews(caller, params);
    const found = await row<ReviewSummary & { isReadable: boolean }>(
      this.database.reader,
      `SELECT ${SUMMARY_COLUMNS}, ${readable} AS "isReadable" FROM ${REVIEWS_FROM}
       WHERE r."state" = 'final' AND (${readable} OR r."publishedAt" IS NOT NULL) ORDER BY r."asOf" DESC, r."id" LIMIT 1`,
      params.values,
      { isReadable: 'boolean' },
    );
    if (!found) return null;
    const { id, asOf, fromOn, isReadable } = found;
    const href = isReadable ? `/jaarevaluatie/${id}` : `/jaarevaluaties/${id}`;
    return {
      id: 'jaarevaluatie',
      title: 'De laatste jaarevaluatie',
      lines: [{ href, text: titleOf(found), facts: [periodInDutch(fromOn, asOf)] }],
      button: { href, label: 'Lees de jaarevaluatie' },
      ...(isPermitted(caller, 'publications.ask') && { aside: BY_MAIL }),
    };
  }

  /** What was published, newest first: for readers with no tasks of their own. */
  async published({ today }: Caller): Promise<StartBlock | null> {
    const found = await rows<{ kind: string; id: string; areaName: string; name: string; publishedAt: string }>(
      this.database.reader,
      `SELECT 'review' AS "kind", r."id", a."name" AS "areaName", CAST(r."asOf" AS varchar(10)) AS "name", r."publishedAt"
       FROM "reviews" r JOIN "areas" a ON a."id" = r."areaId" WHERE r."publishedAt" IS NOT NULL
       UNION ALL SELECT 'quarter', q."id", a."name", CAST(q."quarter" AS varchar(1)) || 'e kwartaal ' || CAST(q."year" AS varchar(4)),
         q."publishedAt" FROM "quarterly_results" q JOIN "areas" a ON a."id" = q."areaId" WHERE q."publishedAt" IS NOT NULL
       ORDER BY 5 DESC, 2 LIMIT ${MOST_LINES}`,
    );
    if (found.length === 0) return null;
    return {
      id: 'gepubliceerd',
      title: 'Gepubliceerd',
      lines: found.map(({ kind, id, areaName, name, publishedAt }) => ({
        ...(kind === 'review'
          ? { href: `/jaarevaluaties/${id}`, text: `Jaarevaluatie ${areaName} ${name.slice(0, 4)}` }
          : { href: publicQuarter(id), text: `Gelukt: ${areaName}, ${name}` }),
        facts: [`gepubliceerd op ${inShort(dayOf(publishedAt), today)}`],
      })),
      button: { href: PUBLIC_PAGES, label: 'Alles wat openbaar is' },
    };
  }
}

/** After a year, those whom a decision still concerns can find it with the action. */
const DAYS_TOLD = 365;

interface Decided {
  id: string;
  number: string;
  title: string;
  areaName: string;
  decision: string;
  decidedFor: string;
  answeredAt: string;
  status: ActionStatus;
  resumeOn: string | null;
}

interface Asked {
  id: string;
  number: string;
  title: string;
  areaName: string;
  askedBy: string;
  askedOn: string;
}

/** "1 doel niet op koers", "2 doelen bijsturen", "3 doelen op koers". */
function courseFacts({ green, orange, red, goals }: Record<'green' | 'orange' | 'red' | 'goals', number>): string[] {
  if (goals === 0) return ['nog geen doelen'];
  const rest = goals - green - orange - red;
  const parts = [
    red > 0 && `${counted(red, 'doel', 'doelen')} niet op koers`,
    orange > 0 && `${counted(orange, 'doel', 'doelen')} bijsturen`,
    green > 0 && `${counted(green, 'doel', 'doelen')} op koers`,
    rest > 0 && `${counted(rest, 'doel', 'doelen')} nog zonder koers`,
  ];
  return parts.filter((part) => part !== false);
}

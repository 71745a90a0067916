import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { knownActions } from '../../actions/action-conditions.js';
import { lateForChair, LIST, NOBODY } from '../../actions/pages/action-filters.rules.js';
import { returnedBySql } from '../../actions/returned.js';
import { returnedWords } from '../../actions/words.js';
import { daysOverdue, isOverdueSql } from '../../actions/overdue.rules.js';
import { addDays, inShort, momentOf } from '../../platform/common/calendar-date.js';
import { compareNaturally } from '../../platform/common/natural-order.js';
import { CostlyCache } from '../../platform/database/commit-scoped-cache.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Action } from '../../actions/action.entity.js';
import { MOST_LINES, titled } from './own-blocks.service.js';
import { counted, lateWords } from './start.rules.js';
import type { StartBlock, StartGroup, StartLine } from './start.view.js';

/** For how many days decisions on an escalation are shown on the page. */
const ANSWERED_DAYS = 28;
/** Older minutes that were never adopted are no longer shown. */
const ADOPTION_DAYS = 365;
const MOST_ORGANISATIONS = 8;
const LINES_EACH = 3;

/** SQL for an action of a chair's areas that needs its chair: complete or handed back, and known to the caller. */
const unfinished = (caller: Caller, params: Params): string =>
  `a."closedOn" IS NULL AND NOT a."isWithdrawn" AND a."areaId" IN (${params.list(caller.areaIds.chair)})
     AND ${knownActions(caller, params)}`;
/** SQL for "owned, complete and late", as the weekly mail counts it. */
const isLateSql = (on: string): string =>
  `a."ownerId" IS NOT NULL AND a."dueKind" IS NOT NULL AND NOT a."isHandedBack" AND ${isOverdueSql('a', on)}`;
const ACTION = `a."id" AS "actionId", a."number", a."title", a."isConfidential", ar."name" AS "areaName"`;
/** SQL for the latest comment on an action. */
const LAST_SAID = `(SELECT u."comment" FROM "action_updates" u WHERE u."actionId" = a."id" AND u."comment" IS NOT NULL
  ORDER BY u."sequence" DESC LIMIT 1)`;

/** SQL for what an action was last handed back with, as JSON. */
const HANDED_BACK = `(SELECT u."changes" FROM "action_updates" u WHERE u."actionId" = a."id" AND u."kind" = 'handing_back'
  ORDER BY u."sequence" DESC LIMIT 1)`;

interface Found {
  actionId: string;
  number: string;
  title: string;
  isConfidential: boolean;
  areaName: string;
}
type LateFound = Found & Pick<Action, 'dueOn' | 'status' | 'resumeOn' | 'statusReason'> & { said: string | null };

interface LateCount {
  ownerId: string;
  name: string;
  count: number;
  firstDueOn: string;
}

/** What waits for the chair of an area. */
@Injectable()
export class ChairBlocks {
  private readonly late = new CostlyCache<readonly LateCount[]>(this.database);

  constructor(private readonly database: Database) {}

  async withoutOwner(caller: Caller): Promise<StartBlock | null> {
    const params = new Params();
    const found = await rows<
      Found & { dueOn: string | null; returner: string | null; handedBack: string | null; total: number }
    >(
      this.database.reader,
      `SELECT ${ACTION}, a."dueOn", ${returnedBySql} AS "returner", ${HANDED_BACK} AS "handedBack",
         count(*) OVER () AS "total"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId" WHERE a."isHandedBack" AND ${unfinished(caller, params)}
       ORDER BY a."dueOn" ASC NULLS LAST, a."id" LIMIT ${MOST_LINES}`,
      params.values,
      shapeOf(Action),
    );
    if (found.length === 0) return null;
    return {
      id: 'zonder-actiehouder',
      title: 'Zonder actiehouder',
      count: found[0].total,
      lines: found.map((action): StartLine => ({
        ...titled(action),
        facts: [
          action.areaName,
          ...(action.dueOn ? [inShort(action.dueOn, caller.today)] : []),
          ...(action.returner ? [returnedWords(action.returner)] : []),
        ],
        ...saidOf({ ...action, said: reasonIn(action.handedBack) }),
      })),
      button: {
        href: found[0].total === 1 ? `${LIST}/${found[0].actionId}` : `${LIST}?organisatie=${NOBODY}`,
        label: 'Wijs een actiehouder aan',
      },
    };
  }

  /** Minutes that were composed but not sent, then those waiting for adoption. */
  async minutesToFinish(caller: Caller): Promise<StartBlock | null> {
    const { today, areaIds, sessionIds } = caller;
    const params = new Params();
    const areas = params.list(areaIds.chair);
    const isOwn = `(m."areaId" IN (${areas}) OR s."id" IN (${params.list(sessionIds)}))`;
    const since = params.add(addDays(today, -ADOPTION_DAYS));
    const columns = 's."id" AS "sessionId", m."name", s."heldOn"';
    // Apart, because almost all minutes were sent: those in concept have an index, the others that of the days.
    const found = await rows<{ sessionId: string; name: string; heldOn: string; isSent: boolean; total: number }>(
      this.database.reader,
      `SELECT x.*, count(*) OVER () AS "total" FROM (
         SELECT ${columns}, FALSE AS "isSent" FROM "minutes" n JOIN "sessions" s ON s."id" = n."sessionId"
           JOIN "meetings" m ON m."id" = s."meetingId" WHERE n."state" = 'concept' AND s."state" = 'closed' AND ${isOwn}
         UNION ALL
         SELECT ${columns}, TRUE FROM "meetings" m JOIN "sessions" s ON s."meetingId" = m."id" AND s."heldOn" > ${since}
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
      lines: found.map(({ sessionId, name, heldOn, isSent }) => ({
        href: `/vergaderingen/${sessionId}`,
        text: `${name}, ${inShort(heldOn, today)}`,
        facts: [isSent ? 'vaststellen in de volgende vergadering' : 'nog niet verstuurd'],
      })),
      button: first.isSent
        ? { href: `/verslagen/${first.sessionId}`, label: 'Lees het verslag' }
        : { href: `/vergaderingen/${first.sessionId}`, label: 'Verslag versturen' },
    };
  }

  /**
   * Decisions that came back on escalations of actions that are still open. Confidential ones are never asked about. SQLite,
   * which does not exchange the tables of a CROSS JOIN, would otherwise begin with all open actions.
   */
  async answered(caller: Caller): Promise<StartBlock | null> {
    const params = new Params();
    const since = params.add(momentOf(addDays(caller.today, -ANSWERED_DAYS)));
    const found = await rows<Found & { name: string; decision: string; decidedFor: string | null; total: number }>(
      this.database.reader,
      `SELECT ${ACTION}, p."name", e."decision", e."decidedFor", count(*) OVER () AS "total"
       FROM "action_escalations" e CROSS JOIN "actions" a JOIN "areas" ar ON ar."id" = a."areaId"
       JOIN "people" p ON p."id" = e."personId"
       WHERE a."id" = e."actionId" AND e."answeredAt" > ${since} AND ${unfinished(caller, params)}
       ORDER BY e."answeredAt" DESC, e."id" LIMIT ${MOST_LINES}`,
      params.values,
      shapeOf(Action),
    );
    if (found.length === 0) return null;
    return {
      id: 'besluit-genomen',
      title: 'Besluit genomen',
      count: found[0].total,
      lines: found.map((one): StartLine => ({
        ...titled(one),
        facts: [one.name, ...(one.decidedFor ? [`uiterlijk ${inShort(one.decidedFor, caller.today)}`] : [])],
        said: one.decision,
      })),
      button: { href: `/acties/${found[0].actionId}`, label: 'Bekijk het besluit' },
    };
  }

  /** Late actions per organisation, with what was last said: the numbers of the chair's weekly mail. */
  async lateByOrganisation(caller: Caller): Promise<StartBlock | null> {
    const params = new Params();
    const late = isLateSql(params.add(caller.today));
    const sql = `SELECT c."ownerId", o."name", c."count", c."firstDueOn" FROM (
         SELECT a."ownerId", count(*) AS "count", min(a."dueOn") AS "firstDueOn" FROM "actions" a
         WHERE ${unfinished(caller, params)} AND ${late} GROUP BY a."ownerId") c
       JOIN "organisations" o ON o."id" = c."ownerId"`;
    const counts = await this.late.get(JSON.stringify(params.values), async () => {
      const found = await rows<LateCount>(this.database.reader, sql, params.values);
      return found.sort((one, other) => other.count - one.count || compareNaturally(one.name, other.name));
    });
    if (counts.length === 0) return null;
    const shown = counts.slice(0, MOST_ORGANISATIONS);
    const lines = await this.longestLate(
      caller,
      shown.map(({ ownerId }) => ownerId),
    );
    const others = counts.length - shown.length;
    return {
      id: 'te-laat-per-organisatie',
      title: 'Te laat, per organisatie',
      count: counts.reduce((total, { count }) => total + count, 0),
      groups: shown.map((one): StartGroup => {
        const own = lines.get(one.ownerId) ?? [];
        const days = daysOverdue({ dueOn: one.firstDueOn, status: 'open', resumeOn: null }, caller.today);
        return {
          title: one.name,
          facts: `${counted(one.count, 'actie', 'acties')}, ${one.count > 1 ? 'de langste ' : ''}${lateWords(days)}`,
          lines: own.map((action) => toLine(action, caller.today)),
          more: one.count > own.length ? { href: lateForChair(one.ownerId), label: 'Bekijk ze allemaal' } : null,
        };
      }),
      ...(others > 0 && { more: `En nog ${counted(others, 'organisatie', 'organisaties')}.` }),
      button: { href: lateForChair(), label: 'Naar de lijst' },
    };
  }

  /** The longest late ones of each of these organisations, in one statement. */
  private async longestLate(caller: Caller, ownerIds: readonly string[]): Promise<Map<string, LateFound[]>> {
    const params = new Params();
    const late = isLateSql(params.add(caller.today));
    const known = unfinished(caller, params);
    const each = ownerIds.map(
      (
        id,
      ) => `SELECT * FROM (SELECT a."id" FROM "actions" a WHERE ${known} AND ${late} AND a."ownerId" = ${params.add(id)}
        ORDER BY a."dueOn", a."id" LIMIT ${LINES_EACH}) x`,
    );
    const found = await rows<LateFound & { ownerId: string }>(
      this.database.reader,
      `SELECT ${ACTION}, a."ownerId", a."dueOn", a."status", a."resumeOn", a."statusReason", ${LAST_SAID} AS "said"
       FROM (${each.join(' UNION ALL ')}) l JOIN "actions" a ON a."id" = l."id" JOIN "areas" ar ON ar."id" = a."areaId"
       ORDER BY a."dueOn", a."id"`,
      params.values,
      shapeOf(Action),
    );
    return group(found);
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

function group(found: readonly (LateFound & { ownerId: string })[]): Map<string, LateFound[]> {
  const groups = new Map<string, LateFound[]>();
  for (const action of found) groups.set(action.ownerId, [...(groups.get(action.ownerId) ?? []), action]);
  return groups;
}

const toLine = (action: LateFound, today: string): StartLine => ({
  ...titled(action),
  late: lateWords(daysOverdue(action, today)),
  facts: [action.areaName],
  ...saidOf({ ...action, said: action.said ?? action.statusReason }),
});

const saidOf = ({ isConfidential, said }: { isConfidential: boolean; said: string | null }) =>
  isConfidential || said === null ? {} : { said };

const reasonIn = (changes: string | null): string | null =>
  changes === null ? null : ((JSON.parse(changes) as { reason?: string }).reason ?? null);

import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { knownActions } from '../../actions/action-conditions.js';
import { lateForChair, LIST, NOBODY } from '../../actions/pages/action-filters.rules.js';
import { returnedBySql } from '../../actions/history/returned.js';
import { returnedWords } from '../../actions/words.js';
import { daysOverdue, isOverdueSql } from '../../actions/overdue.rules.js';
import { addDays, inShort, momentOf } from '../../platform/common/calendar-date.js';
import { compareNaturally } from '../../platform/spelling/natural-order.js';
import { CostlyCache } from '../../platform/database/commit-scoped-cache.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Action } from '../../actions/action.entity.js';
import { BeginningBlocks } from './beginning-blocks.service.js';
import { ChairPapers } from './chair-papers.service.js';
import { GoalBlock } from './goal-block.service.js';
import { MOST_LINES, titled } from './own-blocks.service.js';
import { counted, lateWords } from './start.rules.js';
import type { StartBlock, StartGroup, StartLine } from './start.view.js';
import { YearBlock } from './year-block.service.js';

/** For how many days decisions on an escalation are shown on the page. */
const ANSWERED_DAYS = 28;
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

  constructor(
    private readonly database: Database,
    readonly papers: ChairPapers,
    readonly beginning: BeginningBlocks,
    readonly goals: GoalBlock,
    readonly year: YearBlock,
  ) {}

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

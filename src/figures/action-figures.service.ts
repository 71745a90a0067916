import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Params, rows } from '../database/rows.js';
import type { ResultSize } from '../actions/action.entity.js';
import { type Cell, COUNTS, type DayCount } from './figures.rules.js';

/** What is asked: which areas, from when to which day, by what was known at which moment. Both ends count. */
export interface Question {
  areaIds: readonly string[];
  fromOn: string;
  asOf: string;
  /** ISO 8601, UTC. */
  knownAt: string;
}

export interface ResultLine {
  number: string;
  title: string;
  result: string;
  size: ResultSize;
  doneOn: string;
  theme: string | null;
  organisation: string | null;
}

/** How many result lines of one size a review carries; the counts are of all. */
const MOST_LINES = 200;

/** The condition of each count, over one action as it stood. */
const CONDITIONS: Record<(typeof COUNTS)[number], string> = {
  agreed: '"isAgreed"',
  realised: `"isAgreed" AND "status" = 'done' AND NOT "isPartial"`,
  partly: `"isAgreed" AND "status" = 'done' AND "isPartial"`,
  notRealised: `"isAgreed" AND "status" = 'cancelled'`,
  open: `"isAgreed" AND "status" = 'open'`,
  inProgress: `"isAgreed" AND "status" = 'in_progress'`,
  blocked: `"isAgreed" AND "status" = 'blocked'`,
  onHold: `"isAgreed" AND "status" = 'on_hold'`,
  followUp: `"isAgreed" AND ("status" NOT IN ('done', 'cancelled') OR "isContinued")`,
  doneWithDeadline: `"isAgreed" AND "status" = 'done' AND "dueOn" IS NOT NULL`,
  onTime: `"isAgreed" AND "status" = 'done' AND "doneOn" <= "dueOn"`,
  doneWithOriginalDeadline: `"isAgreed" AND "status" = 'done' AND "originalDueOn" IS NOT NULL`,
  onTimeOriginal: `"isAgreed" AND "status" = 'done' AND "doneOn" <= "originalDueOn"`,
  postponedOnce: '"isAgreed" AND "postponements" = 1',
  postponedMore: '"isAgreed" AND "postponements" > 1',
  overdue: '"isOverdue"',
  carriedOver: '"isCarriedOver"',
  doneInPeriod: '"isDoneInPeriod"',
  results: '"isResult"',
  largeResults: `"isResult" AND "resultSize" = 'large'`,
};

/**
 * The actions as they stood on `asOf`, one row each. Left out are confidential ones (those that are now as well: secrecy
 * goes before repeatability), withdrawn ones and incomplete ones, and what was finished before the period. `only` narrows the rows of `u` at once.
 */
export function casesAsOf({ areaIds, fromOn, asOf, knownAt }: Question, params: Params, only = 'TRUE'): string {
  const [from, on, known] = [params.add(fromOn), params.add(asOf), params.add(knownAt)];
  const asKnown = (alias: string): string => `${alias}."effectiveOn" <= ${on} AND ${alias}."recordedAt" <= ${known}`;
  const later = `l."effectiveOn" >= u."effectiveOn" AND (l."effectiveOn" > u."effectiveOn" OR l."sequence" > u."sequence")`;
  // Recorded by mistake is out of every count, also when that was found out after the day.
  const withdrawn = (alias: string): string => `(${alias}."isWithdrawn" AND EXISTS (
        SELECT 1 FROM "action_updates" w WHERE w."actionId" = ${alias}."id" AND w."isWithdrawn" AND w."recordedAt" <= ${known}))`;
  const openAtStart = `coalesce((
      SELECT CASE WHEN b."closedOn" IS NULL THEN 1 ELSE 0 END FROM "action_updates" b
      WHERE b."actionId" = u."actionId" AND b."effectiveOn" < ${from} AND b."recordedAt" <= ${known}
      ORDER BY b."effectiveOn" DESC, b."sequence" DESC LIMIT 1), 1) = 1`;
  // A set that is made once: most actions follow on none, so looking it up per action would scan them all.
  const continued = `u."actionId" IN (
      SELECT n."followsOnId" FROM "actions" n WHERE n."followsOnId" IS NOT NULL AND NOT n."isConfidential" AND NOT ${withdrawn('n')}
        AND EXISTS (SELECT 1 FROM "action_updates" f WHERE f."actionId" = n."id" AND ${asKnown('f')}))`;
  return `"last" AS (
    SELECT u."actionId", u."title", u."theme", u."ownerId", u."dueOn", u."originalDueOn", u."postponements", u."result",
      coalesce(u."resultSize", 'small') AS "resultSize", u."doneOn", u."recordedOn",
      CASE WHEN u."status" = 'on_hold' AND u."resumeOn" <= ${on} THEN 'open' ELSE u."status" END AS "status",
      u."recordedOn" >= ${from} AS "isAgreed",
      coalesce(u."realisation" = 'partial', 1 = 0) AS "isPartial",
      ${continued} AS "isContinued",
      CASE WHEN u."recordedOn" >= ${from} THEN 1 = 0 ELSE ${openAtStart} END AS "isCarriedOver"
    FROM "action_updates" u
    WHERE u."areaId" IN (${params.list(areaIds)}) AND ${asKnown('u')} AND u."recordedOn" <= ${on}
      AND (u."closedOn" IS NULL OR u."closedOn" >= ${from} OR u."recordedOn" >= ${from})
      AND NOT EXISTS (SELECT 1 FROM "action_updates" l WHERE l."actionId" = u."actionId" AND ${asKnown('l')} AND ${later})
      AND NOT u."isConfidential" AND NOT u."isWithdrawn" AND ${only}
      AND u."dueKind" IS NOT NULL AND (u."ownerId" IS NOT NULL OR u."isHandedBack")
      AND NOT EXISTS (SELECT 1 FROM "actions" c WHERE c."id" = u."actionId" AND (c."isConfidential" OR ${withdrawn('c')}))
  ), "cases" AS MATERIALIZED (
    SELECT l.*,
      l."dueOn" < ${on} AND l."status" IN ('open', 'in_progress', 'blocked') AS "isOverdue",
      l."status" = 'done' AND l."doneOn" BETWEEN ${from} AND ${on} AS "isDoneInPeriod",
      l."status" = 'done' AND l."doneOn" BETWEEN ${from} AND ${on} AND l."result" IS NOT NULL AS "isResult"
    FROM "last" l
  )`;
}

/** The columns of an arm of the statement that counts dates and not actions per theme and owner. */
const NO_COUNTS = COUNTS.map(() => '0').join(', ');

/** Counts actions as they stood on a day, as known at a moment: two statements, however many actions there are. */
@Injectable()
export class ActionFigures {
  constructor(private readonly database: Database) {}

  /**
   * The counts per theme and owner, of which every total is a sum; and pairs of dates with how many actions have them:
   * agreed to done, deadline to `asOf`, and the days of doing.
   */
  async count(question: Question) {
    const params = new Params();
    const counts = COUNTS.map((name) => `count(*) FILTER (WHERE ${CONDITIONS[name]}) AS "${name}"`).join(', ');
    const dates = (what: string, from: string, to: string, where: string): string =>
      `SELECT '${what}', NULL, NULL, ${from}, ${to}, count(*), ${NO_COUNTS} FROM "cases" WHERE ${where} GROUP BY ${from}, ${to}`;
    const found = await rows<Cell & DayCount & { what: string }>(
      this.database.reader,
      `WITH ${casesAsOf(question, params)}, "counted" AS (
         SELECT 'cell' AS "what", "theme", "ownerId", CAST(NULL AS date) AS "fromOn", CAST(NULL AS date) AS "toOn",
           count(*) AS "count", ${counts} FROM "cases" GROUP BY "theme", "ownerId"
         UNION ALL ${dates('lead', '"recordedOn"', '"doneOn"', `"isAgreed" AND "status" = 'done' AND "doneOn" IS NOT NULL`)}
         UNION ALL ${dates('overdue', '"dueOn"', '"dueOn"', '"isOverdue"')}
         UNION ALL ${dates('done', '"doneOn"', '"doneOn"', '"isDoneInPeriod"')})
       SELECT o."id" AS "organisationId", o."name" AS "organisationName", o."kind" AS "organisationKind", c.*
       FROM "counted" c LEFT JOIN "organisations" o ON o."id" = c."ownerId"`,
      params.values,
      Object.fromEntries(['count', ...COUNTS].map((name) => [name, 'integer'] as const)),
    );
    const of = (what: string) => found.filter((one) => one.what === what);
    return {
      cells: of('cell').map(toCell),
      lead: of('lead'),
      overdue: of('overdue').map(({ fromOn, count }) => ({ fromOn, toOn: question.asOf, count })),
      done: of('done').map(({ fromOn, count }) => ({ day: fromOn, count })),
    };
  }

  /** What came of the actions that were done in the period, in the order of doing; at most 200 of each size. */
  results(question: Question): Promise<ResultLine[]> {
    const params = new Params();
    const only = `u."status" = 'done' AND u."result" IS NOT NULL`;
    return rows<ResultLine>(
      this.database.reader,
      `WITH ${casesAsOf(question, params, only)}, "ranked" AS (
         SELECT a."number", c."title", c."result", c."resultSize" AS "size", c."doneOn", c."theme", c."ownerId",
           row_number() OVER (PARTITION BY c."resultSize" ORDER BY c."doneOn", a."number") AS "rank"
         FROM "cases" c JOIN "actions" a ON a."id" = c."actionId" WHERE c."isResult")
       SELECT r."number", r."title", r."result", r."size", r."doneOn", r."theme", o."name" AS "organisation"
       FROM "ranked" r LEFT JOIN "organisations" o ON o."id" = r."ownerId"
       WHERE r."rank" <= ${params.add(MOST_LINES)} ORDER BY r."doneOn", r."number"`,
      params.values,
    );
  }
}

function toCell(found: Cell): Cell {
  const { theme, organisationId, organisationName, organisationKind } = found;
  const counts = Object.fromEntries(COUNTS.map((name) => [name, found[name]])) as Pick<Cell, (typeof COUNTS)[number]>;
  return { theme, organisationId, organisationName, organisationKind, ...counts };
}

import { Injectable } from '@nestjs/common';
import type { ResultSize } from '../actions/action.entity.js';
import { LongReads } from '../database/long-reads.js';
import { Params } from '../database/rows.js';
import { casesAsOf, CONDITIONS, type Question } from './cases-as-of.js';
import { type Cell, COUNTS, type DayCount } from './figures.rules.js';

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

type Found = Cell & DayCount & Pick<ResultLine, 'number' | 'title' | 'result' | 'size'> & { what: string };

/** The columns of an arm of the statement that counts dates and not actions per theme and owner. */
const NO_COUNTS = COUNTS.map(() => '0').join(', ');
const NO_LINE = 'NULL, NULL, NULL, NULL';

/** Counts actions as they stood on a day, as known at a moment: one statement, however many actions there are. */
@Injectable()
export class ActionFigures {
  constructor(private readonly reads: LongReads) {}

  /**
   * The counts per area, theme, owner and opgave, of which every total is a sum; pairs of dates with how many actions
   * have them: agreed to done, deadline to `asOf`, and the days of doing; and what came of what was done in the period,
   * in the order of doing, at most 200 of each size.
   */
  async count(question: Question) {
    const params = new Params();
    const counts = COUNTS.map((name) => `count(*) FILTER (WHERE ${CONDITIONS[name]}) AS "${name}"`).join(', ');
    const dates = (what: string, from: string, to: string, where: string): string =>
      `SELECT '${what}', NULL, NULL, NULL, NULL, ${from}, ${to}, ${NO_LINE}, count(*), ${NO_COUNTS}
       FROM "cases" WHERE ${where} GROUP BY ${from}, ${to}`;
    const found = await this.reads.rows<Found>(
      `WITH ${casesAsOf(question, params)}, "ranked" AS (
         SELECT c.*, a."number", row_number() OVER (PARTITION BY c."resultSize" ORDER BY c."doneOn", a."number") AS "rank"
         FROM "cases" c JOIN "actions" a ON a."id" = c."actionId" WHERE c."isResult"
       ), "counted" AS (
         SELECT 'cell' AS "what", "areaId", "theme", "ownerId", "opgaveId", CAST(NULL AS date) AS "fromOn",
           CAST(NULL AS date) AS "toOn", CAST(NULL AS varchar) AS "number", CAST(NULL AS varchar) AS "title",
           CAST(NULL AS text) AS "result", CAST(NULL AS varchar) AS "size", count(*) AS "count", ${counts}
         FROM "cases" GROUP BY "areaId", "theme", "ownerId", "opgaveId"
         UNION ALL ${dates('lead', '"recordedOn"', '"doneOn"', `"isAgreed" AND "status" = 'done' AND "doneOn" IS NOT NULL`)}
         UNION ALL ${dates('overdue', '"dueOn"', '"dueOn"', '"isOverdue"')}
         UNION ALL ${dates('done', '"doneOn"', '"doneOn"', '"isDoneInPeriod"')}
         UNION ALL SELECT 'line', NULL, "theme", "ownerId", NULL, "doneOn", "doneOn", "number", "title", "result", "resultSize", 1,
           ${NO_COUNTS} FROM "ranked" WHERE "rank" <= ${params.add(MOST_LINES)})
       SELECT o."id" AS "organisationId", o."name" AS "organisationName", o."kind" AS "organisationKind",
         p."title" AS "opgaveTitle", c.*
       FROM "counted" c LEFT JOIN "organisations" o ON o."id" = c."ownerId" LEFT JOIN "opgaven" p ON p."id" = c."opgaveId"`,
      params.values,
      Object.fromEntries(['count', ...COUNTS].map((name) => [name, 'integer'] as const)),
    );
    const of = (what: string) => found.filter((one) => one.what === what);
    return {
      cells: of('cell').map(toCell),
      lead: of('lead'),
      overdue: of('overdue').map(({ fromOn, count }) => ({ fromOn, toOn: question.asOf, count })),
      done: of('done').map(({ fromOn, count }) => ({ day: fromOn, count })),
      lines: of('line').map(toLine).toSorted(byDayOfDoing),
    };
  }
}

function toCell(found: Found): Cell {
  const { areaId, theme, organisationId, organisationName, organisationKind, opgaveId, opgaveTitle } = found;
  const counts = Object.fromEntries(COUNTS.map((name) => [name, found[name]])) as Pick<Cell, (typeof COUNTS)[number]>;
  return { areaId, theme, organisationId, organisationName, organisationKind, opgaveId, opgaveTitle, ...counts };
}

function toLine({ number, title, result, size, fromOn: doneOn, theme, organisationName }: Found): ResultLine {
  return { number, title, result, size, doneOn, theme, organisation: organisationName };
}

function byDayOfDoing(one: ResultLine, other: ResultLine): number {
  if (one.doneOn !== other.doneOn) return one.doneOn < other.doneOn ? -1 : 1;
  return one.number < other.number ? -1 : 1;
}

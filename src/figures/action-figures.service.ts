import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Params, rows } from '../database/rows.js';
import type { ResultSize } from '../actions/action.entity.js';
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

/** The columns of an arm of the statement that counts dates and not actions per theme and owner. */
const NO_COUNTS = COUNTS.map(() => '0').join(', ');

/** Counts actions as they stood on a day, as known at a moment: two statements, however many actions there are. */
@Injectable()
export class ActionFigures {
  constructor(private readonly database: Database) {}

  /**
   * The counts per area, theme and owner, of which every total is a sum; and pairs of dates with how many actions have them:
   * agreed to done, deadline to `asOf`, and the days of doing.
   */
  async count(question: Question) {
    const params = new Params();
    const counts = COUNTS.map((name) => `count(*) FILTER (WHERE ${CONDITIONS[name]}) AS "${name}"`).join(', ');
    const dates = (what: string, from: string, to: string, where: string): string =>
      `SELECT '${what}', NULL, NULL, NULL, ${from}, ${to}, count(*), ${NO_COUNTS} FROM "cases" WHERE ${where} GROUP BY ${from}, ${to}`;
    const found = await rows<Cell & DayCount & { what: string }>(
      this.database.reader,
      `WITH ${casesAsOf(question, params)}, "counted" AS (
         SELECT 'cell' AS "what", "areaId", "theme", "ownerId", CAST(NULL AS date) AS "fromOn", CAST(NULL AS date) AS "toOn",
           count(*) AS "count", ${counts} FROM "cases" GROUP BY "areaId", "theme", "ownerId"
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
  const { areaId, theme, organisationId, organisationName, organisationKind } = found;
  const counts = Object.fromEntries(COUNTS.map((name) => [name, found[name]])) as Pick<Cell, (typeof COUNTS)[number]>;
  return { areaId, theme, organisationId, organisationName, organisationKind, ...counts };
}

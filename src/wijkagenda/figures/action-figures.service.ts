import { Injectable } from '@nestjs/common';
import { RESULT_SIZES, type ResultSize } from '../../actions/action.entity.js';
import { PointInTime } from '../../platform/database/row-history.js';
import { BackgroundReader } from '../../platform/database/background-reader.js';
import { Params } from '../../platform/database/rows.js';
import { casesAsOf, CONDITIONS, type Question } from './cases-as-of.js';
import { type Cell, type Counts, COUNTS, sumOf, type Tally } from './figures.rules.js';

export interface ResultLine {
  number: string;
  title: string;
  result: string;
  size: ResultSize;
  doneOn: string;
  areaId: string;
  theme: string | null;
  organisation: string | null;
}

/** The maximum number of result lines per size in a review; the counts include all. */
const MOST_LINES = 200;

type Found = Omit<Cell, keyof Counts> &
  Pick<ResultLine, 'number' | 'title' | 'result' | 'size' | 'doneOn'> & {
    what: string;
    days: number;
    count: number;
    /** All counts in the order of `COUNTS`, in one column because most rows have none. */
    counts: string;
  };

const SUMS = `concat_ws(',', ${COUNTS.map((name) => `count(*) FILTER (WHERE ${CONDITIONS[name]})`).join(', ')})`;
const IS_LEAD = `"isAgreed" AND "status" = 'done' AND "doneOn" IS NOT NULL`;
const NO_LINE = 'NULL, NULL, NULL, NULL';

/** A branch of the UNION that tallies numbers of days: far fewer rows than actions, and enough for a median. */
const tally = (what: string, days: string, where: string): string =>
  `SELECT '${what}', NULL, NULL, NULL, NULL, NULL, ${days}, ${NO_LINE}, count(*), NULL FROM "cases" WHERE ${where} GROUP BY ${days}`;

/** The first results of one size, by date done. */
const firstOf = (size: ResultSize, most: string): string =>
  `SELECT * FROM (SELECT "actionId", "sequence", "resultSize", "areaId", "theme", "ownerId", "doneOn" FROM "cases"
   WHERE "isResult" AND "resultSize" = '${size}' ORDER BY "doneOn", "actionId" LIMIT ${most}) "${size}"`;

/** Counts actions as they stood on a day, as known at a moment: in one statement, regardless of their number. */
@Injectable()
export class ActionFigures {
  constructor(private readonly reads: BackgroundReader) {}

  /**
   * The counts per area, theme, owner and opgave, which add up to every total; the numbers of actions by days from
   * agreed to done, by days late, and by day of completion; and the results of actions done in the period, by date, at
   * most 200 of each size.
   */
  async count(question: Question) {
    const params = new Params();
    const cases = casesAsOf(question, params, this.reads);
    const most = params.add(MOST_LINES);
    const late = this.reads.dialect.days('"dueOn"', params.add(question.asOf));
    const past = new PointInTime(question, params, this.reads);
    const found = await this.reads.rows<Found>(
      `WITH ${cases}, "told" AS (
         ${RESULT_SIZES.map((size) => firstOf(size, most)).join(' UNION ALL ')}
       ), "counted" AS (
         SELECT 'cell' AS "what", "areaId", "theme", "ownerId", "opgaveId", CAST(NULL AS date) AS "doneOn",
           CAST(NULL AS integer) AS "days", CAST(NULL AS varchar) AS "number", CAST(NULL AS varchar) AS "title",
           CAST(NULL AS text) AS "result", CAST(NULL AS varchar) AS "size", count(*) AS "count", ${SUMS} AS "counts"
         FROM "cases" GROUP BY "areaId", "theme", "ownerId", "opgaveId"
         UNION ALL ${tally('lead', this.reads.dialect.days('"recordedOn"', '"doneOn"'), IS_LEAD)}
         UNION ALL ${tally('overdue', late, '"isOverdue"')}
         UNION ALL SELECT 'done', NULL, NULL, NULL, NULL, "doneOn", NULL, ${NO_LINE}, count(*), NULL
         FROM "cases" WHERE "isDoneInPeriod" GROUP BY "doneOn"
         UNION ALL SELECT 'line', r."areaId", r."theme", r."ownerId", NULL, r."doneOn", NULL, a."number", u."title",
           u."result", r."resultSize", 1, NULL
         FROM "told" r JOIN "actions" a ON a."id" = r."actionId"
         JOIN "action_updates" u ON u."actionId" = r."actionId" AND u."sequence" = r."sequence")
       SELECT o."id" AS "organisationId", o."name" AS "organisationName", o."kind" AS "organisationKind",
         p."title" AS "opgaveTitle", c.*
       FROM "counted" c LEFT JOIN ${past.rows('organisations')} o ON o."id" = c."ownerId"
       LEFT JOIN ${past.rows('opgaven')} p ON p."id" = c."opgaveId"`,
      params.values,
    );
    const of = (what: string) => found.filter((one) => one.what === what);
    return {
      cells: of('cell').map(toCell),
      lead: of('lead').map(toTally),
      overdue: of('overdue').map(toTally),
      done: of('done').map(({ doneOn, count }) => ({ day: doneOn, count })),
      lines: of('line').map(toLine).toSorted(byDayOfDoing),
    };
  }

  /** Only the totals, and the days from agreed to done. */
  async countTotal(question: Question): Promise<{ total: Counts; lead: Tally[] }> {
    const params = new Params();
    const days = this.reads.dialect.days('"recordedOn"', '"doneOn"');
    const found = await this.reads.rows<Found>(
      `WITH ${casesAsOf(question, params, this.reads)}
       SELECT 'total' AS "what", CAST(NULL AS integer) AS "days", count(*) AS "count", ${SUMS} AS "counts" FROM "cases"
       UNION ALL SELECT 'lead', ${days}, count(*), NULL FROM "cases" WHERE ${IS_LEAD} GROUP BY ${days}`,
      params.values,
    );
    const total = sumOf(found.filter(({ what }) => what === 'total').map(toCounts));
    return { total, lead: found.filter(({ what }) => what === 'lead').map(toTally) };
  }
}

function toCell(found: Found): Cell {
  const { areaId, theme, organisationId, organisationName, organisationKind, opgaveId, opgaveTitle } = found;
  return {
    areaId,
    theme,
    organisationId,
    organisationName,
    organisationKind,
    opgaveId,
    opgaveTitle,
    ...toCounts(found),
  };
}

function toCounts({ counts }: Found): Counts {
  const values = counts.split(',').map(Number);
  return Object.fromEntries(COUNTS.map((name, index) => [name, values[index]])) as Counts;
}

const toTally = ({ days: value, count }: Found): Tally => ({ value, count });

function toLine({ number, title, result, size, doneOn, areaId, theme, organisationName }: Found): ResultLine {
  return { number, title, result, size, doneOn, areaId, theme, organisation: organisationName };
}

function byDayOfDoing(one: ResultLine, other: ResultLine): number {
  if (one.doneOn !== other.doneOn) return one.doneOn < other.doneOn ? -1 : 1;
  return one.number < other.number ? -1 : 1;
}

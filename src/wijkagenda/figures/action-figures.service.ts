import { Injectable } from '@nestjs/common';
import { RESULT_SIZES, type ResultSize } from '../../actions/action.entity.js';
import { PointInTime } from '../../platform/database/row-history.js';
import { BackgroundReader } from '../../platform/database/background-reader.js';
import { Params } from '../../platform/database/rows.js';
import { CONDITIONS, HAS_LEAD_TIME, is } from './case-facts.js';
import { casesAsOf, type Question } from './cases-as-of.js';
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
    /** All counts in the order of `COUNTS`, or a tally: in one column, because rows are read column by column. */
    counts: string;
  };

/** Counts groups of cases instead of cases: few differ in all of this. */
const groupsBy = (columns: string): string => `"groups" AS (
  SELECT ${columns}"status", "judgement", "facts", count(*) AS "number" FROM "cases" GROUP BY ${columns}"status", "judgement", "facts")`;
const SUMS = `concat_ws(',', ${COUNTS.map((name) => `coalesce(sum("number") FILTER (WHERE ${CONDITIONS[name]}), 0)`).join(', ')})`;
const CELL = '"areaId", "theme", "ownerId", "opgaveId"';

/** The first results of one size, by date done. */
const firstOf = (size: ResultSize): string =>
  `SELECT * FROM (SELECT "actionId", "sequence", '${size}' AS "size", "areaId", "theme", "ownerId", "doneOn" FROM "cases"
   WHERE ${is('isResult')} AND ${size === 'large' ? '' : 'NOT '}${is('isLarge')} ORDER BY "doneOn", "actionId" LIMIT ${MOST_LINES}) "${size}"`;

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
    const { dialect } = this.reads;
    const cases = casesAsOf(question, params, this.reads);
    const late = dialect.days('"dueOn"', params.add(question.asOf));
    const past = new PointInTime(question, params, this.reads);
    const found = await this.reads.rows<Found>(
      `WITH ${cases}, ${groupsBy(`${CELL}, `)}, "told" AS (
         ${RESULT_SIZES.map(firstOf).join(' UNION ALL ')}
       ), "counted" AS (
         SELECT 'cell' AS "what", ${CELL}, CAST(NULL AS date) AS "doneOn", CAST(NULL AS varchar) AS "number",
           CAST(NULL AS varchar) AS "title", CAST(NULL AS text) AS "result", CAST(NULL AS varchar) AS "size", ${SUMS} AS "counts"
         FROM "groups" GROUP BY ${CELL}
         UNION ALL ${this.tally('lead', this.leadDays, HAS_LEAD_TIME)}
         UNION ALL ${this.tally('overdue', late, is('isOverdue'))}
         UNION ALL ${this.tally('done', '"doneOn"', is('isDoneInPeriod'), dialect.dayText('t."value"'))}
         UNION ALL SELECT 'line', r."areaId", r."theme", r."ownerId", NULL, r."doneOn", a."number", u."title", u."result", r."size", NULL
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
      lead: of('lead').flatMap(toTally),
      overdue: of('overdue').flatMap(toTally),
      done: of('done')
        .flatMap(toParts)
        .map(([day, count]) => ({ day, count: Number(count) })),
      lines: of('line').map(toLine).toSorted(byDayOfDoing),
    };
  }

  /** Only the totals, and the days from agreed to done. */
  async countTotal(question: Question): Promise<{ total: Counts; lead: Tally[] }> {
    const params = new Params();
    const found = await this.reads.rows<Found>(
      `WITH ${casesAsOf(question, params, this.reads)}, ${groupsBy('')}
       SELECT 'total' AS "what", ${SUMS} AS "counts" FROM "groups"
       UNION ALL SELECT 'lead', ${this.tallied(this.leadDays, HAS_LEAD_TIME)}`,
      params.values,
    );
    const total = sumOf(found.filter(({ what }) => what === 'total').map(toCounts));
    return { total, lead: found.filter(({ what }) => what === 'lead').flatMap(toTally) };
  }

  private get leadDays(): string {
    return this.reads.dialect.days('"recordedOn"', '"doneOn"');
  }

  /** A branch of the UNION: the number of cases of each value, as a list. */
  private tally(what: string, value: string, where: string, text?: string): string {
    return `SELECT '${what}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ${this.tallied(value, where, text)}`;
  }

  private tallied(value: string, where: string, text = 't."value"'): string {
    return `(SELECT CAST(${this.reads.dialect.jsonList(`${text} || ' ' || t."number"`)} AS text) FROM (
      SELECT ${value} AS "value", count(*) AS "number" FROM "cases" WHERE ${where} GROUP BY ${value}) t)`;
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

const toParts = ({ counts }: Found) => (JSON.parse(counts) as string[]).map((pair) => pair.split(' '));
const toTally = (found: Found): Tally[] =>
  toParts(found).map(([value, count]) => ({ value: Number(value), count: Number(count) }));

function toLine({ number, title, result, size, doneOn, areaId, theme, organisationName }: Found): ResultLine {
  return { number, title, result, size, doneOn, areaId, theme, organisation: organisationName };
}

function byDayOfDoing(one: ResultLine, other: ResultLine): number {
  if (one.doneOn !== other.doneOn) return one.doneOn < other.doneOn ? -1 : 1;
  return one.number < other.number ? -1 : 1;
}

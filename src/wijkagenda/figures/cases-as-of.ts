import { CLOSED_LIST } from '../../actions/statuses.rules.js';
import { isOverdueSql, statusOnSql } from '../../actions/overdue.rules.js';
import type { Dialect } from '../../platform/database/dialect.js';
import { PointInTime } from '../../platform/database/row-history.js';
import { withLastState } from '../../platform/database/last-states.js';
import type { Params } from '../../platform/database/rows.js';
import { mergedParties, partyOf } from './merged-parties.js';
import { type COUNTS, DIFFERING, STATUS_COUNTS } from './figures.rules.js';

/** The question: which areas, from when to which day (both inclusive), by what was known at which moment. */
export interface Question {
  areaIds: readonly string[];
  fromOn: string;
  asOf: string;
  /** ISO 8601, UTC. */
  knownAt: string;
  /** Only what serves this opgave, directly or through its goal; everything if omitted. */
  opgaveId?: string | null;
}

/** SQL for "the action serves the requested opgave". */
export function servesOpgave(alias: string, { opgaveId }: Question, params: Params, past: PointInTime): string {
  if (!opgaveId) return 'TRUE';
  const asked = params.add(opgaveId);
  const serves = (action: string): string => `(${action}."opgaveId" = ${asked} OR (${action}."opgaveId" IS NULL
    AND ${action}."goalId" IN (SELECT y."id" FROM ${past.rows('goals')} y WHERE y."opgaveId" = ${asked})))`;
  const moved = `SELECT z."id" FROM ${past.changed('actions')} z`;
  return `CASE WHEN ${alias}."id" IN (${moved}) THEN ${alias}."id" IN (${moved} WHERE ${serves('z')}) ELSE ${serves(alias)} END`;
}

/**
 * SQL for "was recorded by mistake": excluded from all counts, even if discovered after the day. Evaluated per action
 * for the few it can apply to, because with EXISTS PostgreSQL would read the whole history once.
 */
export const wasWithdrawn = (action: string, known: string): string =>
  `(${action}."isWithdrawn" AND coalesce((SELECT 1 FROM "action_updates" w
    WHERE w."actionId" = ${action}."id" AND w."isWithdrawn" AND w."recordedAt" <= ${known} LIMIT 1), 0) = 1)`;

const IS_REALISED = `"status" = 'done' AND NOT "isPartial"`;
const IS_PARTLY = `"status" = 'done' AND "isPartial"`;

const BY_STATUS = Object.fromEntries(
  STATUS_COUNTS.map(({ status, count }) => [count, `"isAgreed" AND "status" = '${status}'`]),
) as Record<(typeof STATUS_COUNTS)[number]['count'], string>;

/** The condition of each count, on one action as it stood. */
export const CONDITIONS: Record<(typeof COUNTS)[number], string> = {
  agreed: '"isAgreed"',
  realised: `"isAgreed" AND ${IS_REALISED}`,
  partly: `"isAgreed" AND ${IS_PARTLY}`,
  notRealised: `"isAgreed" AND "status" = 'cancelled'`,
  ...BY_STATUS,
  followUp: `"isAgreed" AND ("status" NOT IN (${CLOSED_LIST}) OR "isContinued")`,
  overdueAgreed: '"isAgreed" AND "isOverdue"',
  doneWithDeadline: `"isAgreed" AND "status" = 'done' AND "dueOn" IS NOT NULL`,
  onTime: `"isAgreed" AND "status" = 'done' AND "doneOn" <= "dueOn"`,
  doneWithOriginalDeadline: `"isAgreed" AND "status" = 'done' AND "originalDueOn" IS NOT NULL`,
  onTimeOriginal: `"isAgreed" AND "status" = 'done' AND "doneOn" <= "originalDueOn"`,
  postponedOnce: '"isAgreed" AND "postponements" = 1',
  postponedMore: '"isAgreed" AND "postponements" > 1',
  judgedRealised: `"isAgreed" AND "judgement" = 'realised'`,
  judgedPartly: `"isAgreed" AND "judgement" = 'partly'`,
  judgedNot: `"isAgreed" AND "judgement" = 'not'`,
  judgedDiffering: `"isAgreed" AND "judgement" = '${DIFFERING}'`,
  overdue: '"isOverdue"',
  carriedOver: '"isCarriedOver"',
  doneInPeriod: '"isDoneInPeriod"',
  results: '"isResult"',
  largeResults: `"isResult" AND "resultSize" = 'large'`,
};

/** The columns of a state in an index of the history: everything that is counted, and no texts. */
const STATE = [
  ...['sequence', 'closedOn', 'status', 'ownerId', 'theme', 'dueOn', 'originalDueOn', 'postponements', 'realisation'],
  ...['resultSize', 'doneOn', 'resumeOn', 'dueKind', 'isHandedBack', 'isWithdrawn', 'isConfidential'],
];

export interface Narrowing {
  dialect: Dialect;
  /** SQL over the actions `k` that restricts them early. */
  among?: string;
}

/**
 * The actions as they stood on `asOf`, one row each. Excludes actions that were confidential then or are now
 * (confidentiality takes precedence over repeatability), withdrawn, incomplete, or finished before the period.
 *
 * First selects the actions that can count, by area and dates, and only then reads their history, so the cost grows
 * with the period and not with the stored data. Everything except texts is in one index of the history, by area and day
 * of agreement (an action stays in its area), so that no row is read; callers that need the title or the result join
 * the update by `actionId` and `sequence`.
 */
export function casesAsOf(question: Question, params: Params, { dialect, among = 'TRUE' }: Narrowing): string {
  const { areaIds, fromOn, asOf, knownAt, opgaveId } = question;
  const isNarrow = among !== 'TRUE' || Boolean(opgaveId);
  const [from, on, known] = [params.add(fromOn), params.add(asOf), params.add(knownAt)];
  const areas = params.list(areaIds);
  const past = new PointInTime(question, params, { dialect });
  const serves = servesOpgave('k', question, params, past);
  const asKnown = (alias: string, recordedAt = `${alias}."recordedAt"`): string =>
    `${alias}."effectiveOn" <= ${on} AND ${recordedAt} <= ${known}`;
  const of = (update: string, action: string): string =>
    `${update}."areaId" = ${action}."areaId" AND ${update}."recordedOn" = ${action}."recordedOn" AND ${update}."actionId" = ${action}."id"`;
  const states = (where: string, groupBy: string, stretch: string | null = null): string =>
    withLastState(dialect, {
      table: 'actions',
      columns: ['id', 'areaId', 'recordedOn', 'goalId', 'opgaveId'],
      history: 'action_updates',
      state: STATE,
      ties: { areaId: 'areaId', recordedOn: 'recordedOn', actionId: 'id' },
      counts: asKnown,
      where: `${where} AND NOT k."isConfidential" AND NOT ${wasWithdrawn('k', known)} AND ${serves} AND ${among}`,
      groupBy,
      stretch:
        stretch === null || isNarrow ? null : (state) => `${state}."areaId" IN (${areas}) AND ${state}.${stretch}`,
    });
  const agreedWithin = `"recordedOn" BETWEEN ${from} AND ${on}`;
  const byBegin = 'k."areaId", k."recordedOn", k."id"';
  const byEnd = 'k."areaId", k."closedOn", k."recordedOn", k."id"';
  const inAreas = `k."areaId" IN (${areas})`;
  const earlier = `k."recordedOn" < ${from}`;
  // Closed before the period, but not known to be so at that moment. Looked up by id alone: with the area in the
  // condition SQLite would scan everything ever closed there.
  const heardLater = `k."closedOn" < ${from} AND k."id" IN (SELECT h."actionId" FROM "action_updates" h
        WHERE h."areaId" IN (${areas}) AND h."recordedAt" > ${known} AND h."effectiveOn" < ${from})`;
  const openAtStart = `coalesce((
      SELECT CASE WHEN b."closedOn" IS NULL THEN 1 ELSE 0 END FROM "action_updates" b
      WHERE ${of('b', 's')} AND b."effectiveOn" < ${from} AND ${dialect.unindexed('b."recordedAt"')} <= ${known}
      ORDER BY b."effectiveOn" DESC, b."sequence" DESC LIMIT 1), 1) = 1`;
  const counts = `NOT n."isConfidential" AND NOT ${wasWithdrawn('n', known)}
        AND EXISTS (SELECT 1 FROM "action_updates" f WHERE f."actionId" = n."id" AND ${asKnown('f')})`;
  const continued = `s."recordedOn" >= ${from} AND s."closedOn" IS NOT NULL AND (
        EXISTS (SELECT 1 FROM "actions" n WHERE n."followsOnId" = s."id" AND ${counts} AND n."id" NOT IN (SELECT x."id" FROM "moved" x))
        OR s."id" IN (SELECT x."followsOnId" FROM "moved" x JOIN "actions" n ON n."id" = x."id" WHERE x."followsOnId" IS NOT NULL AND ${counts}))`;
  // The latest judgement of each party other than the owner's: the part of the maximum after the moment (24 characters)
  // and the id (36), which costs half as much as sorting. Most actions have none.
  const last = `SELECT substr(max(j."recordedAt" || j."id" || j."judgement"), 61) AS "judgement" FROM "judgements" j
      WHERE j."actionId" = s."id" AND (s."ownerId" IS NULL OR ${partyOf('j."organisationId"')} <> ${partyOf('s."ownerId"')})
        AND j."judgedOn" <= ${on} AND j."recordedAt" <= ${known} GROUP BY ${partyOf('j."organisationId"')}`;
  const judgement = `CASE WHEN EXISTS (SELECT 1 FROM "judgements" y WHERE y."actionId" = s."id") THEN (
      SELECT CASE WHEN min(l."judgement") = max(l."judgement") THEN min(l."judgement")
        WHEN count(*) > 0 THEN '${DIFFERING}' END FROM (${last}) l) END`;
  const isDoneInPeriod = `s."status" = 'done' AND s."doneOn" BETWEEN ${from} AND ${on}`;
  // A size exists only with a result; a result without a size is looked up.
  const hasResult = `CASE WHEN s."resultSize" IS NOT NULL THEN 1 = 1 ELSE EXISTS (SELECT 1 FROM "action_updates" r
        WHERE r."actionId" = s."id" AND r."sequence" = s."sequence" AND r."result" IS NOT NULL) END`;
  const aim = (column: string): string => `CASE WHEN m."id" IS NULL THEN s."${column}" ELSE m."${column}" END`;
  return `${mergedParties(past)}, "moved" AS MATERIALIZED (SELECT * FROM ${past.changed('actions')} x), "states" AS (
    ${states(`${inAreas} AND k.${agreedWithin}`, byBegin, agreedWithin)}
    UNION ALL ${states(`${inAreas} AND ${earlier} AND k."closedOn" >= ${from}`, byEnd)}
    UNION ALL ${states(`${inAreas} AND ${earlier} AND k."closedOn" IS NULL`, byEnd)}
    UNION ALL ${states(`${earlier} AND ${heardLater}`, byEnd)}
  ), "cases" AS MATERIALIZED (
    SELECT s."id" AS "actionId", s."sequence", s."areaId", s."theme", s."ownerId", s."recordedOn", s."dueOn", s."originalDueOn",
      s."doneOn", s."postponements", coalesce(s."resultSize", 'small') AS "resultSize", coalesce(${aim('opgaveId')}, g."opgaveId") AS "opgaveId",
      ${statusOnSql('s', on)} AS "status",
      s."recordedOn" >= ${from} AS "isAgreed",
      coalesce(s."realisation" = 'partial', 1 = 0) AS "isPartial",
      ${continued} AS "isContinued", ${judgement} AS "judgement",
      CASE WHEN s."recordedOn" >= ${from} THEN 1 = 0 ELSE ${openAtStart} END AS "isCarriedOver",
      coalesce(${isOverdueSql('s', on)}, 1 = 0) AS "isOverdue",
      ${isDoneInPeriod} AS "isDoneInPeriod",
      CASE WHEN ${isDoneInPeriod} THEN ${hasResult} ELSE 1 = 0 END AS "isResult"
    FROM "states" s LEFT JOIN "moved" m ON m."id" = s."id"
    LEFT JOIN ${past.rows('goals')} g ON g."id" = ${aim('goalId')}
    WHERE (s."recordedOn" >= ${from} OR s."closedOn" IS NULL OR s."closedOn" >= ${from})
      AND NOT s."isConfidential" AND NOT s."isWithdrawn"
      AND s."dueKind" IS NOT NULL AND (s."ownerId" IS NOT NULL OR s."isHandedBack")
  )`;
}

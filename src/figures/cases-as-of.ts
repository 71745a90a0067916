import type { Params } from '../database/rows.js';
import type { COUNTS } from './figures.rules.js';

/** What is asked: which areas, from when to which day, by what was known at which moment. Both ends count. */
export interface Question {
  areaIds: readonly string[];
  fromOn: string;
  asOf: string;
  /** ISO 8601, UTC. */
  knownAt: string;
}

const IS_REALISED = `"status" = 'done' AND NOT "isPartial"`;
const IS_PARTLY = `"status" = 'done' AND "isPartial"`;

/** The condition of each count, over one action as it stood. */
export const CONDITIONS: Record<(typeof COUNTS)[number], string> = {
  agreed: '"isAgreed"',
  realised: `"isAgreed" AND ${IS_REALISED}`,
  partly: `"isAgreed" AND ${IS_PARTLY}`,
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
  judgedRealised: `"isAgreed" AND "judgement" = 'realised'`,
  judgedPartly: `"isAgreed" AND "judgement" = 'partly'`,
  judgedNot: `"isAgreed" AND "judgement" = 'not'`,
  overdue: '"isOverdue"',
  carriedOver: '"isCarriedOver"',
  doneInPeriod: '"isDoneInPeriod"',
  results: '"isResult"',
  largeResults: `"isResult" AND "resultSize" = 'large'`,
};

/**
 * The actions as they stood on `asOf`, one row each. Left out are confidential ones (those that are now as well: secrecy
 * goes before repeatability), withdrawn ones and incomplete ones, and what was finished before the period.
 *
 * It looks at the actions that can count first, by their areas and dates, and only then at the history of those: so it
 * grows with the period that is asked and not with what is stored. `among` narrows the actions `k` at once.
 */
export function casesAsOf({ areaIds, fromOn, asOf, knownAt }: Question, params: Params, among = 'TRUE'): string {
  const [from, on, known] = [params.add(fromOn), params.add(asOf), params.add(knownAt)];
  const areas = params.list(areaIds);
  const asKnown = (alias: string): string => `${alias}."effectiveOn" <= ${on} AND ${alias}."recordedAt" <= ${known}`;
  // Recorded by mistake is out of every count, also when that was found out after the day.
  const withdrawn = (alias: string): string => `(${alias}."isWithdrawn" AND EXISTS (
        SELECT 1 FROM "action_updates" w WHERE w."actionId" = ${alias}."id" AND w."isWithdrawn" AND w."recordedAt" <= ${known}))`;
  const columns = 'k."id", k."goalId", k."opgaveId"';
  const candidates = (where: string): string =>
    `SELECT ${columns} FROM "actions" k WHERE k."areaId" IN (${areas}) AND ${where}
        AND NOT k."isConfidential" AND NOT ${withdrawn('k')} AND ${among}`;
  // What is closed before the period now, but was not known to be so then.
  const heardLater = `k."closedOn" < ${from} AND k."id" IN (SELECT h."actionId" FROM "action_updates" h
        WHERE h."areaId" IN (${areas}) AND h."recordedAt" > ${known} AND h."effectiveOn" < ${from})`;
  const openAtStart = `coalesce((
      SELECT CASE WHEN b."closedOn" IS NULL THEN 1 ELSE 0 END FROM "action_updates" b
      WHERE b."actionId" = u."actionId" AND b."effectiveOn" < ${from} AND b."recordedAt" <= ${known}
      ORDER BY b."effectiveOn" DESC, b."sequence" DESC LIMIT 1), 1) = 1`;
  const continued = `u."closedOn" IS NOT NULL AND EXISTS (SELECT 1 FROM "actions" n WHERE n."followsOnId" = u."actionId" AND NOT n."isConfidential"
        AND NOT ${withdrawn('n')} AND EXISTS (SELECT 1 FROM "action_updates" f WHERE f."actionId" = n."id" AND ${asKnown('f')}))`;
  // The last word of a party that does not own the action.
  const judgement = `(SELECT j."judgement" FROM "judgements" j
      WHERE j."actionId" = u."actionId" AND (u."ownerId" IS NULL OR j."organisationId" <> u."ownerId")
        AND j."judgedOn" <= ${on} AND j."recordedAt" <= ${known} ORDER BY j."recordedAt" DESC, j."id" DESC LIMIT 1)`;
  return `"candidates" AS (
    ${candidates(`k."recordedOn" BETWEEN ${from} AND ${on}`)}
    UNION ALL ${candidates(`k."recordedOn" < ${from} AND k."closedOn" >= ${from}`)}
    UNION ALL ${candidates(`k."recordedOn" < ${from} AND k."closedOn" IS NULL`)}
    UNION ALL ${candidates(`k."recordedOn" < ${from} AND ${heardLater}`)}
  ), "last" AS (
    SELECT u."actionId", u."areaId", u."title", u."theme", u."ownerId", u."dueOn", u."originalDueOn", u."postponements",
      u."result", coalesce(u."resultSize", 'small') AS "resultSize", u."doneOn", u."recordedOn",
      coalesce(k."opgaveId", g."opgaveId") AS "opgaveId",
      CASE WHEN u."status" = 'on_hold' AND u."resumeOn" <= ${on} THEN 'open' ELSE u."status" END AS "status",
      u."recordedOn" >= ${from} AS "isAgreed",
      coalesce(u."realisation" = 'partial', 1 = 0) AS "isPartial",
      ${continued} AS "isContinued", ${judgement} AS "judgement",
      CASE WHEN u."recordedOn" >= ${from} THEN 1 = 0 ELSE ${openAtStart} END AS "isCarriedOver"
    FROM "candidates" k
    JOIN "action_updates" u ON u."actionId" = k."id" AND u."sequence" = (
      SELECT l."sequence" FROM "action_updates" l WHERE l."actionId" = k."id" AND ${asKnown('l')}
      ORDER BY l."effectiveOn" DESC, l."sequence" DESC LIMIT 1)
    LEFT JOIN "goals" g ON g."id" = k."goalId"
    WHERE u."recordedOn" <= ${on} AND (u."closedOn" IS NULL OR u."closedOn" >= ${from} OR u."recordedOn" >= ${from})
      AND NOT u."isConfidential" AND NOT u."isWithdrawn"
      AND u."dueKind" IS NOT NULL AND (u."ownerId" IS NOT NULL OR u."isHandedBack")
  ), "cases" AS MATERIALIZED (
    SELECT l.*,
      l."dueOn" < ${on} AND l."status" IN ('open', 'in_progress', 'blocked') AS "isOverdue",
      l."status" = 'done' AND l."doneOn" BETWEEN ${from} AND ${on} AS "isDoneInPeriod",
      l."status" = 'done' AND l."doneOn" BETWEEN ${from} AND ${on} AND l."result" IS NOT NULL AS "isResult"
    FROM "last" l
  )`;
}

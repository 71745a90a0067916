import { isOverdueSql, statusOnSql } from '../../actions/overdue.rules.js';
import { dayOf } from '../../platform/common/calendar-date.js';
import type { Dialect } from '../../platform/database/dialect.js';
import { PointInTime } from '../../platform/database/row-history.js';
import { withLastState } from '../../platform/database/last-states.js';
import type { Params } from '../../platform/database/rows.js';
import { factsOf } from './case-facts.js';
import { DIFFERING } from './figures.rules.js';
import { mergedParties, partyOf } from './merged-parties.js';

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

/** The columns of a state in an index of the history: everything that is counted, and no texts. */
const STATE = [
  ...['sequence', 'closedOn', 'status', 'ownerId', 'theme', 'dueOn', 'originalDueOn', 'postponements', 'realisation'],
  ...['resultSize', 'doneOn', 'resumeOn', 'dueKind', 'isHandedBack', 'isWithdrawn', 'isConfidential'],
];

interface Narrowing {
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
export const casesAsOf = (question: Question, params: Params, narrowing: Narrowing): string =>
  new Cases(question, params, narrowing).sql();

/** The parts of the query. `k` is an action, `s` its state on the day. */
class Cases {
  private readonly dialect: Dialect;
  private readonly past: PointInTime;
  /** Placeholders: of the period, the moment, the last day that can count, and the areas. */
  private readonly from: string;
  private readonly on: string;
  private readonly known: string;
  private readonly until: string;
  private readonly areas: string;
  /** The moment is before the period. */
  private readonly isEarly: boolean;
  private readonly isNarrow: boolean;
  /** SQL for "action `k` can count". */
  private readonly qualifies: string;

  constructor(question: Question, params: Params, { dialect, among = 'TRUE' }: Narrowing) {
    const { areaIds, fromOn, asOf, knownAt, opgaveId } = question;
    // Nothing is known of an action before the day it was recorded, which is never before the day it was agreed.
    const knownOn = dayOf(knownAt);
    this.dialect = dialect;
    this.isNarrow = among !== 'TRUE' || Boolean(opgaveId);
    this.isEarly = knownOn < fromOn;
    [this.from, this.on, this.known] = [params.add(fromOn), params.add(asOf), params.add(knownAt)];
    this.until = params.add(knownOn < asOf ? knownOn : asOf);
    this.areas = params.list(areaIds);
    this.past = new PointInTime(question, params, { dialect });
    const serves = servesOpgave('k', question, params, this.past);
    this.qualifies = `NOT k."isConfidential" AND NOT ${wasWithdrawn('k', this.known)} AND ${serves} AND ${among}`;
  }

  sql(): string {
    const { from, on, past } = this;
    const aim = (column: string): string => `CASE WHEN m."id" IS NULL THEN s."${column}" ELSE m."${column}" END`;
    return `${mergedParties(past)}, "moved" AS MATERIALIZED (SELECT * FROM ${past.changed('actions')} x), "states" AS (
    ${this.agreed()}
    UNION ALL ${this.agreedEarlier(`${this.inAreas('k')} AND k."closedOn" >= ${from}`)}
    UNION ALL ${this.agreedEarlier(`${this.inAreas('k')} AND k."closedOn" IS NULL`)}
    UNION ALL ${this.agreedEarlier(this.closedBeforeAsHeardLater())}
  ), "cases" AS MATERIALIZED (
    SELECT s."id" AS "actionId", s."sequence", s."areaId", s."theme", s."ownerId", s."recordedOn", s."dueOn", s."originalDueOn",
      s."doneOn", coalesce(${aim('opgaveId')}, g."opgaveId") AS "opgaveId", ${statusOnSql('s', on)} AS "status", ${this.judgement()} AS "judgement",
      ${this.facts()} AS "facts"
    FROM "states" s LEFT JOIN "moved" m ON m."id" = s."id"
    LEFT JOIN ${past.rows('goals')} g ON g."id" = ${aim('goalId')}
    WHERE (s."recordedOn" >= ${from} OR s."closedOn" IS NULL OR s."closedOn" >= ${from})
      AND NOT s."isConfidential" AND NOT s."isWithdrawn"
      AND s."dueKind" IS NOT NULL AND (s."ownerId" IS NOT NULL OR s."isHandedBack")
  )`;
  }

  /** The last states of what was agreed in the period. */
  private agreed(): string {
    const within = (row: string): string =>
      `${this.inAreas(row)} AND ${row}."recordedOn" BETWEEN ${this.from} AND ${this.until}`;
    return withLastState(this.dialect, {
      ...{ ...this.history(), groupBy: 'k."areaId", k."recordedOn", k."id"' },
      ...(this.isNarrow
        ? { where: `${within('k')} AND ${this.qualifies}`, stretch: null }
        : { where: this.qualifies, stretch: within }),
      times: { column: 'timesClosed', holds: () => 'FALSE' },
    });
  }

  /** The last states of what was agreed before the period. */
  private agreedEarlier(where: string): string {
    const { from, until, dialect } = this;
    const isBefore = `${dialect.asStored('k."recordedOn"')} < ${from}${this.isEarly ? ` AND k."recordedOn" <= ${until}` : ''}`;
    return withLastState(dialect, {
      ...{ ...this.history(), groupBy: 'k."areaId", k."closedOn", k."recordedOn", k."id"', stretch: null },
      where: `${isBefore} AND ${where} AND ${this.qualifies}`,
      times: {
        column: 'timesClosed',
        holds: (effectiveOn, state) => `${effectiveOn} < ${from} AND ${state}."closedOn" IS NOT NULL`,
      },
    });
  }

  /**
   * SQL for "closed before the period, but not known to be so at that moment". Looked up by id alone: with the area in the
   * condition SQLite would scan everything ever closed there. What was entered since is little, unless the moment is
   * before the period: then only the history of actions agreed until then is read.
   */
  private closedBeforeAsHeardLater(): string {
    const { from, until, known, dialect } = this;
    const enteredLater = this.isEarly
      ? `h."recordedOn" <= ${until} AND ${dialect.unindexed(dialect.asStored('h."recordedAt"'))} > ${known}`
      : `h."recordedAt" > ${known}`;
    return `k."closedOn" < ${from} AND k."id" IN (SELECT h."actionId" FROM "action_updates" h
        WHERE ${this.inAreas('h')} AND ${enteredLater} AND ${dialect.asStored('h."effectiveOn"')} < ${from})`;
  }

  private history() {
    return {
      ...{ table: 'actions', columns: ['id', 'areaId', 'recordedOn', 'goalId', 'opgaveId'] },
      ...{ history: 'action_updates', state: STATE, counts: this.asKnown },
      ties: { areaId: 'areaId', recordedOn: 'recordedOn', actionId: 'id' },
    };
  }

  private readonly asKnown = (effectiveOn: string, recordedAt: string): string =>
    `${effectiveOn} <= ${this.on} AND ${recordedAt} <= ${this.known}`;

  private inAreas(row: string): string {
    return `${row}."areaId" IN (${this.areas})`;
  }

  private facts(): string {
    const { from, on } = this;
    const isDoneInPeriod = `s."status" = 'done' AND s."doneOn" BETWEEN ${from} AND ${on}`;
    // A size exists only with a result; a result without a size is looked up.
    const hasResult = `CASE WHEN s."resultSize" IS NOT NULL THEN 1 = 1 ELSE EXISTS (SELECT 1 FROM "action_updates" r
        WHERE r."actionId" = s."id" AND r."sequence" = s."sequence" AND r."result" IS NOT NULL) END`;
    return factsOf({
      isAgreed: `s."recordedOn" >= ${from}`,
      isPartial: `s."realisation" = 'partial'`,
      isContinued: this.isContinued(),
      isCarriedOver: `CASE WHEN s."recordedOn" >= ${from} THEN 1 = 0 WHEN s."timesClosed" = 0 THEN 1 = 1 ELSE ${this.wasOpenAtStart()} END`,
      isOverdue: isOverdueSql('s', on),
      isDoneInPeriod,
      isResult: `CASE WHEN ${isDoneInPeriod} THEN ${hasResult} ELSE 1 = 0 END`,
      isLarge: `s."resultSize" = 'large'`,
      hasDeadline: 's."dueOn" IS NOT NULL',
      hasOriginalDeadline: 's."originalDueOn" IS NOT NULL',
      isOnTime: 's."doneOn" <= s."dueOn"',
      isOnTimeOriginal: 's."doneOn" <= s."originalDueOn"',
      isPostponed: 's."postponements" > 0',
      isPostponedAgain: 's."postponements" > 1',
    });
  }

  private wasOpenAtStart(): string {
    const { from, known, dialect } = this;
    return `coalesce((
      SELECT CASE WHEN b."closedOn" IS NULL THEN 1 ELSE 0 END FROM "action_updates" b
      WHERE b."areaId" = s."areaId" AND b."recordedOn" = s."recordedOn" AND b."actionId" = s."id" AND b."effectiveOn" < ${from} AND ${dialect.unindexed('b."recordedAt"')} <= ${known}
      ORDER BY b."effectiveOn" DESC, b."sequence" DESC LIMIT 1), 1) = 1`;
  }

  /** SQL for "another action that counts follows on it". */
  private isContinued(): string {
    const { from, known } = this;
    const counts = `NOT n."isConfidential" AND NOT ${wasWithdrawn('n', known)}
        AND EXISTS (SELECT 1 FROM "action_updates" f WHERE f."actionId" = n."id" AND ${this.asKnown('f."effectiveOn"', 'f."recordedAt"')})`;
    return `s."recordedOn" >= ${from} AND s."closedOn" IS NOT NULL AND (
        EXISTS (SELECT 1 FROM "actions" n WHERE n."followsOnId" = s."id" AND ${counts} AND n."id" NOT IN (SELECT x."id" FROM "moved" x))
        OR s."id" IN (SELECT x."followsOnId" FROM "moved" x JOIN "actions" n ON n."id" = x."id" WHERE x."followsOnId" IS NOT NULL AND ${counts}))`;
  }

  /**
   * The latest judgement of each party other than the owner's: the part of the maximum after the moment (24 characters) and
   * the id (36), which costs half as much as sorting. Most actions have none.
   */
  private judgement(): string {
    const last = `SELECT substr(max(j."recordedAt" || j."id" || j."judgement"), 61) AS "judgement" FROM "judgements" j
      WHERE j."actionId" = s."id" AND (s."ownerId" IS NULL OR ${partyOf('j."organisationId"')} <> ${partyOf('s."ownerId"')})
        AND j."judgedOn" <= ${this.on} AND j."recordedAt" <= ${this.known} GROUP BY ${partyOf('j."organisationId"')}`;
    return `CASE WHEN EXISTS (SELECT 1 FROM "judgements" y WHERE y."actionId" = s."id") THEN (
      SELECT CASE WHEN min(l."judgement") = max(l."judgement") THEN min(l."judgement")
        WHEN count(*) > 0 THEN '${DIFFERING}' END FROM (${last}) l) END`;
  }
}

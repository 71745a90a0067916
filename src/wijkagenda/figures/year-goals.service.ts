import { Injectable } from '@nestjs/common';
import { PointInTime } from '../../platform/database/row-history.js';
import { BackgroundReader } from '../../platform/database/background-reader.js';
import { Params } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import type { Course } from '../../goals/goal-course.entity.js';
import { type CourseKind, type Direction, Goal, type GoalKind, type Metric } from '../../goals/goal.entity.js';
import type { Judged } from '../../actions/judgements/judgement.entity.js';
import { nameOn } from './area-names.js';
import type { Question } from './cases-as-of.js';
import { GoalFigures } from './goal-figures.service.js';
import { doDiffer, groupsOf } from './figures.rules.js';
import { mergedParties, partyOf } from './merged-parties.js';

export interface GoalJudgement {
  /** The party that judged; null for readers without access to figures per organisation. */
  organisation: string | null;
  judgement: Judged;
  comment: string | null;
  judgedOn: string;
}

/** A goal as it stood on the day. */
export interface YearGoal {
  goalId: string;
  title: string;
  kind: GoalKind;
  area: string;
  theme: string | null;
  indicator: string | null;
  unit: string | null;
  direction: Direction | null;
  target: number | null;
  baseline: number | null;
  baselineOn: string | null;
  courseKind: CourseKind;
  startsOn: string;
  endsOn: string | null;
  /** Manual measurements up to the day, corrected ones as corrected; of a goal that had ended by then, later ones too. */
  measurements: { measuredOn: string; value: number }[];
  /** The latest manual measurement; null means not measured, which is not 0. */
  lastMeasurement: { measuredOn: string; value: number; source: string } | null;
  /** From our own sessions and actions, over the goal's own period up to the day; null if measured manually. */
  ownFigure: { asOf: string; value: number | null } | null;
  course: Course;
  decidedOn: string | null;
  cause: string | null;
  consequence: string | null;
  measure: string | null;
  partiesView: string | null;
  /** The latest judgement of each party. */
  judgements: GoalJudgement[];
  judgementsDiffer: boolean;
}

type Found = Omit<
  YearGoal,
  'lastMeasurement' | 'measurements' | 'ownFigure' | 'courseKind' | 'course' | 'judgements' | 'judgementsDiffer'
> & {
  metric: Metric | null;
  courseKind: CourseKind | null;
  areaId: string;
  measuredOn: string | null;
  value: number | null;
  source: string | null;
  course: Course | null;
};

/** Reads goals that ran in a period: target, measurement, own figure, course with explanation, and judgements. */
@Injectable()
export class YearGoals {
  constructor(
    private readonly reads: BackgroundReader,
    private readonly figures: GoalFigures,
  ) {}

  /**
   * Goals that were active on the day and had not ended before the period, by area and title, as known at the requested
   * moment; one that has not started yet is grey. What is measured, decided and judged after the end of a goal is about how
   * it ended, and no later review lists it, so it counts from whenever it was known.
   */
  async list(question: Question): Promise<YearGoal[]> {
    const found = await this.goals(question);
    const [judgements, measured] = await Promise.all([
      this.judgements(question, found),
      this.measurements(question, found),
    ]);
    const goals: YearGoal[] = [];
    for (const { metric, areaId, measuredOn, value, source, ...goal } of found) {
      const { startsOn, endsOn } = goal;
      const { asOf, knownAt } = question;
      const isBegun = startsOn <= asOf;
      const day = endsOn !== null && endsOn < asOf ? endsOn : asOf;
      const own =
        metric && isBegun ? await this.figures.valueOn({ areaId, metric, startsOn, endsOn }, asOf, knownAt) : null;
      goals.push({
        ...goal,
        lastMeasurement: measuredOn === null ? null : { measuredOn, value: value!, source: source! },
        // States from before it was recorded have none.
        courseKind: goal.courseKind ?? 'line',
        measurements: measured.get(goal.goalId) ?? [],
        ownFigure: metric && isBegun ? { asOf: day, value: own } : null,
        course: isBegun ? (goal.course ?? 'grey') : 'grey',
        judgements: judgements.get(goal.goalId) ?? [],
        judgementsDiffer: doDiffer(judgements.get(goal.goalId) ?? []),
      });
    }
    return goals;
  }

  private goals(question: Question): Promise<Found[]> {
    const { areaIds, fromOn, asOf, knownAt, opgaveId } = question;
    const params = new Params();
    const past = new PointInTime(question, params, this.reads);
    const [from, on, known] = [params.add(fromOn), params.add(asOf), params.add(knownAt)];
    const counts = (day: string): string => `(${day} <= ${on} OR g."endsOn" <= ${on})`;
    const last = `SELECT m."id" FROM "goal_measurements" m WHERE m."goalId" = g."id" AND ${counts('m."measuredOn"')}
      AND m."recordedAt" <= ${known} AND NOT EXISTS (SELECT 1 FROM "goal_measurements" n WHERE n."correctsId" = m."id" AND n."recordedAt" <= ${known})
      ORDER BY m."measuredOn" DESC, m."recordedAt" DESC, m."id" DESC LIMIT 1`;
    const decided = `SELECT d."id" FROM "goal_courses" d WHERE d."goalId" = g."id" AND ${counts('d."decidedOn"')}
      AND d."recordedAt" <= ${known} ORDER BY d."decidedOn" DESC, d."recordedAt" DESC, d."id" DESC LIMIT 1`;
    return this.reads.rows<Found>(
      `SELECT g."id" AS "goalId", g."title", g."kind", g."areaId", ${nameOn('a', on, past)} AS "area", g."theme", g."indicator",
         g."unit", g."direction", g."target", g."baseline", g."baselineOn", g."courseKind", g."metric", g."startsOn", g."endsOn",
         l."measuredOn", l."value", l."source", c."course", c."decidedOn", c."cause", c."consequence", c."measure", c."partiesView"
       FROM ${past.rows('goals')} g JOIN "areas" a ON a."id" = g."areaId"
       LEFT JOIN "goal_measurements" l ON l."id" = (${last}) LEFT JOIN "goal_courses" c ON c."id" = (${decided})
       WHERE g."areaId" IN (${params.list(areaIds)}) AND g."activatedOn" <= ${on} AND g."startsOn" IS NOT NULL
         AND (g."endsOn" IS NULL OR g."endsOn" >= ${from})${opgaveId ? ` AND g."opgaveId" = ${params.add(opgaveId)}` : ''}
       ORDER BY natural_key(${nameOn('a', on, past)}), natural_key(g."title"), g."id"`,
      params.values,
      shapeOf(Goal),
    );
  }

  /** Per goal, in order of the day. */
  private async measurements(
    question: Question,
    goals: readonly Found[],
  ): Promise<Map<string, YearGoal['measurements']>> {
    const params = new Params();
    const known = params.add(question.knownAt);
    const of = countedFor(goals, question, params);
    const found = await this.reads.rows<{ goalId: string; measuredOn: string; value: number }>(
      `SELECT m."goalId", m."measuredOn", m."value" FROM "goal_measurements" m
       WHERE ${of('m', 'measuredOn')} AND m."recordedAt" <= ${known}
         AND NOT EXISTS (SELECT 1 FROM "goal_measurements" n WHERE n."correctsId" = m."id" AND n."recordedAt" <= ${known})
       ORDER BY m."measuredOn", m."recordedAt", m."id"`,
      params.values,
    );
    return new Map(
      groupsOf(found, ({ goalId }) => goalId).map(([goalId, group]) => [
        goalId,
        group.map(({ measuredOn, value }) => ({ measuredOn, value })),
      ]),
    );
  }

  private async judgements(question: Question, goals: readonly Found[]): Promise<Map<string, GoalJudgement[]>> {
    const params = new Params();
    const known = params.add(question.knownAt);
    const past = new PointInTime(question, params, this.reads);
    const of = countedFor(goals, question, params);
    const asKnown = (alias: string): string => `${of(alias, 'judgedOn')} AND ${alias}."recordedAt" <= ${known}`;
    const found = await this.reads.rows<GoalJudgement & { goalId: string }>(
      `WITH ${mergedParties(past)}
       SELECT j."goalId", o."name" AS "organisation", j."judgement", j."comment", j."judgedOn"
       FROM "judgements" j JOIN ${past.rows('organisations')} o ON o."id" = j."organisationId"
       WHERE ${asKnown('j')} AND NOT EXISTS (
         SELECT 1 FROM "judgements" n WHERE n."goalId" = j."goalId" AND ${partyOf('n."organisationId"')} = ${partyOf('j."organisationId"')}
           AND ${asKnown('n')}
           AND (n."recordedAt" > j."recordedAt" OR (n."recordedAt" = j."recordedAt" AND n."id" > j."id")))
       ORDER BY natural_key(o."name"), j."id"`,
      params.values,
    );
    return new Map(
      groupsOf(found, ({ goalId }) => goalId).map(([goalId, group]) => [
        goalId,
        group.map(({ goalId: _, ...one }) => one),
      ]),
    );
  }
}

/** SQL for "of one of these goals, and on a day that counts": up to the day asked about, or any if the goal had ended by then. */
function countedFor(goals: readonly Found[], { asOf }: Question, params: Params) {
  const hasEnded = ({ endsOn }: Found): boolean => endsOn !== null && endsOn <= asOf;
  const ended = params.list(goals.filter(hasEnded).map(({ goalId }) => goalId));
  const running = params.list(goals.filter((goal) => !hasEnded(goal)).map(({ goalId }) => goalId));
  const on = params.add(asOf);
  return (alias: string, day: string): string =>
    `(${alias}."goalId" IN (${ended}) OR (${alias}."goalId" IN (${running}) AND ${alias}."${day}" <= ${on}))`;
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict, invalid } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { PointInTime } from '../../platform/database/row-history.js';
import { BackgroundReader } from '../../platform/database/background-reader.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import type { Metric } from '../../goals/goal.entity.js';
import { Goals } from '../../goals/goals.service.js';
import { OwnFigures } from '../../goals/own-figures.js';
import { is } from './case-facts.js';
import { casesAsOf, type Question } from './cases-as-of.js';
import { invitedAndCame } from './collaboration.service.js';
import { partyOf } from './merged-parties.js';
import type { GoalCase, GoalFigureView } from './goal-figures.dto.js';
import {
  type ActionCase,
  actionOutcome,
  type AttendanceCase,
  attended,
  countOf,
  minutesSent,
  type SessionCase,
  shareOf,
  wasHeld,
} from './goal-figures.rules.js';

interface Wanted {
  areaId: string;
  metric: Metric;
  startsOn: string;
  endsOn: string | null;
}

/** Its period are the days whose sessions and agreements count; `asOf` is the day on which these are judged. */
interface GoalQuestion extends Question {
  untilOn: string;
}

/** The maximum number of cases returned; all of them count. */
const MOST_CASES = 1000;

/** Figures for goals computed from our own sessions, minutes and actions: one statement each, whatever the amount. */
@Injectable()
export class GoalFigures implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly reads: BackgroundReader,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly goals: Goals,
    private readonly ownFigures: OwnFigures,
  ) {}

  onModuleInit(): void {
    this.ownFigures.countedBy(async ({ startsOn, ...goal }, asOf, source) =>
      valueOf(goal.metric, await this.cases({ ...goal, startsOn: startsOn! }, asOf, source)),
    );
  }

  /** The figure of a goal as of a day (today if omitted) with its cases; 409 if it is measured manually. */
  async read(goalId: string, asOf: string | undefined, by: Caller): Promise<GoalFigureView> {
    const { areaId, metric, startsOn, endsOn, unit } = await this.goals.goalRow(this.database.reader, goalId, by);
    if (!metric) throw conflict('MEASURED_BY_HAND', 'This goal is not measured from our own data.');
    if (!startsOn) throw conflict('GOAL_HAS_NO_START', 'Set the start of the goal first.');
    if (asOf && asOf > by.today) throw invalid([{ field: 'asOf', message: 'asOf must not be in the future' }]);
    const day = asOf ?? by.today;
    const cases = day < startsOn ? [] : await this.cases({ areaId, metric, startsOn, endsOn }, day);
    const count = (outcome: GoalCase['outcome']) => cases.filter((one) => one.outcome === outcome).length;
    // A reader of goals without access to actions sees the number of cases, but not their titles.
    const isReader = !isPermittedIn(by, 'actions.read', areaId);
    return {
      goalId,
      metric,
      unit,
      fromOn: startsOn,
      asOf: day,
      value: valueOf(metric, cases),
      for: count('for'),
      against: count('against'),
      notDue: count('not_due'),
      cases: cases
        .filter(({ outcome }) => outcome !== 'apart')
        .slice(0, MOST_CASES)
        .map((one) => (isReader && one.kind === 'action' ? { ...one, title: null } : one)),
    };
  }

  /** The figure of a goal as of a day, as known at a moment (ISO 8601, UTC); null with nothing to count. */
  async valueOn(goal: Wanted, asOf: string, knownAt: string): Promise<number | null> {
    if (asOf < goal.startsOn) return null;
    return valueOf(goal.metric, await this.cases(goal, asOf, this.database.reader, knownAt));
  }

  /**
   * The cases of the goal's period as of a day, which may be after its last day: what falls due then counts when it
   * does.
   */
  private async cases(
    { areaId, metric, startsOn: fromOn, endsOn }: Wanted,
    asOf: string,
    source: Source = this.database.reader,
    knownAt: string = this.clock.moment(),
  ): Promise<GoalCase[]> {
    const untilOn = endsOn !== null && endsOn < asOf ? endsOn : asOf;
    const areaIds = await this.areas.idsBelow(areaId, untilOn, source, knownAt);
    const question = { areaIds, fromOn, untilOn, asOf, knownAt };
    if (metric.kind === 'minutes_sent' || metric.kind === 'sessions_held')
      return this.sessions(source, question, metric);
    return metric.kind === 'attendance'
      ? this.attendance(source, { ...question, asOf: untilOn }, metric)
      : this.actions(source, question, metric);
  }

  private async sessions(source: Source, question: GoalQuestion, metric: Metric): Promise<GoalCase[]> {
    const { areaIds, fromOn, untilOn, asOf, knownAt } = question;
    const later = (moment: string | null): boolean => moment !== null && moment > knownAt;
    const asKnown = ({ heldOn, state, openedAt, sentAt }: SessionCase & { openedAt: string | null }): SessionCase => ({
      heldOn,
      state: later(openedAt) ? 'planned' : state,
      sentAt: later(sentAt) ? null : sentAt,
    });
    const params = new Params();
    const [from, on] = [params.add(fromOn), params.add(untilOn)];
    const past = new PointInTime(question, params, this.database);
    const found = await rows<SessionCase & { id: string; title: string; openedAt: string | null }>(
      source,
      `SELECT s."id", m."name" AS "title", s."heldOn", s."state", s."openedAt", n."sentAt"
       FROM ${past.rows('sessions')} s JOIN ${past.rows('meetings')} m ON m."id" = s."meetingId" LEFT JOIN "minutes" n ON n."sessionId" = s."id"
       WHERE m."areaId" IN (${params.list(areaIds)}) AND s."heldOn" BETWEEN ${from} AND ${on}
         AND s."state" <> 'cancelled'
       ORDER BY s."heldOn", s."id"`,
      params.values,
    );
    return found.map((session) => ({
      kind: 'session' as const,
      id: session.id,
      title: session.title,
      number: null,
      organisation: null,
      on: session.heldOn,
      outcome:
        metric.kind === 'sessions_held'
          ? wasHeld(asKnown(session))
          : minutesSent(asKnown(session), metric.days ?? 14, asOf),
    }));
  }

  private async attendance(source: Source, question: Question, { organisationId }: Metric): Promise<GoalCase[]> {
    const params = new Params();
    const held = invitedAndCame(question, params, this.database);
    const past = new PointInTime(question, params, this.database);
    const only = organisationId ? isOrGoesOnAs(params.add(organisationId), past) : 'TRUE';
    const found = await rows<AttendanceCase & { id: string; heldOn: string; title: string; organisation: string }>(
      source,
      `WITH ${held}
       SELECT h."id", h."heldOn", h."meeting" AS "title", i."name" AS "organisation", c."best"
       FROM "invited" i JOIN "held" h ON h."id" = i."sessionId"
       LEFT JOIN "came" c ON c."sessionId" = i."sessionId" AND c."organisationId" = i."organisationId"
       WHERE ${only} ORDER BY h."heldOn", h."id", natural_key(i."name")`,
      params.values,
    );
    return found.map(({ best, id, heldOn, title, organisation }) => ({
      kind: 'session' as const,
      id,
      title,
      number: null,
      organisation,
      on: heldOn,
      outcome: attended({ best }),
    }));
  }

  /** In the background reader, unless it must see the uncommitted writes of a running transaction. */
  private long<T>(source: Source, sql: string, values: Params['values']): Promise<T[]> {
    return source === this.database.reader ? this.reads.rows<T>(sql, values) : rows<T>(source, sql, values);
  }

  /** The actions agreed in the period, as they stood on the day, with the latest judgement of the named party. */
  private async actions(source: Source, question: GoalQuestion, metric: Metric): Promise<GoalCase[]> {
    const params = new Params();
    const cases = casesAsOf(question, params, this.database);
    const judge = params.add(metric.organisationId ?? null);
    const [on, known] = [params.add(question.asOf), params.add(question.knownAt)];
    const past = new PointInTime(question, params, this.database);
    const found = await this.long<
      ActionCase & { id: string; number: string; title: string; organisation: string | null }
    >(
      source,
      `WITH ${cases}
       SELECT c."actionId" AS "id", a."number", u."title", c."status", c."dueOn", c."originalDueOn", c."doneOn",
         o."kind" AS "ownerKind", o."name" AS "organisation",
         (SELECT j."judgement" FROM "judgements" j
          WHERE j."actionId" = c."actionId" AND ${partyOf('j."organisationId"')} = ${partyOf(this.database.dialect.asId(judge))}
            AND j."judgedOn" <= ${on} AND j."recordedAt" <= ${known} ORDER BY j."recordedAt" DESC, j."id" DESC LIMIT 1) AS "judgement"
       FROM "cases" c JOIN "actions" a ON a."id" = c."actionId"
       JOIN "action_updates" u ON u."actionId" = c."actionId" AND u."sequence" = c."sequence"
       LEFT JOIN ${past.rows('organisations')} o ON o."id" = c."ownerId"
       WHERE ${is('isAgreed', 'c."facts"')} AND c."recordedOn" <= ${params.add(question.untilOn)} ORDER BY a."numberKey"`,
      params.values,
    );
    return found.map((action) => ({
      kind: 'action' as const,
      id: action.id,
      title: action.title,
      number: action.number,
      organisation: action.organisation,
      on: action.doneOn ?? action.dueOn,
      outcome: actionOutcome(metric, action, question.asOf),
    }));
  }
}

/** Sessions held are a number, all other figures a percentage; null if there is nothing to count. */
function valueOf(metric: Metric, cases: readonly GoalCase[]): number | null {
  const outcomes = cases.map(({ outcome }) => outcome);
  return metric.kind === 'sessions_held' ? countOf(outcomes) : shareOf(outcomes);
}

/** SQL for "the invited organisation is this one, or the one that it was merged into by the day of the session". */
const isOrGoesOnAs = (organisation: string, past: PointInTime): string => `(i."organisationId" = ${organisation}
  OR i."organisationId" IN (SELECT w."mergedIntoId" FROM ${past.rows('organisations', (row) => `${row}."id" = ${organisation}`)} w)
    AND EXISTS (SELECT 1 FROM "former_states" f WHERE f."rowId" = ${organisation} AND f."countsFrom" <= h."heldOn"))`;

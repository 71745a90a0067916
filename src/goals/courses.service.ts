import { Injectable } from '@nestjs/common';
import { withNameKnownTo } from '../platform/access/access.rules.js';
import { asPerson, type Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { conflict, invalid } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { type Part, partOf } from '../platform/database/parts.js';
import { rows } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Transactions } from '../platform/database/transactions.js';
import { explanationViolations, expectedValue, mayDecide, progressOf, proposedCourse } from './course.rules.js';
import type { CourseView, DecideCourseDto, DecisionView } from './courses.dto.js';
import { GoalCourse } from './goal-course.entity.js';
import { daySaid, goalToChange } from './goals.access.js';
import { Goals } from './goals.service.js';
import { type GoalRow, measuredOf } from './goals.views.js';
import { OwnFigures } from './own-figures.js';

const PART: Part = {
  from: '"goal_courses" x JOIN "people" p ON p."id" = x."recordedById"',
  columns: `x."id", x."goalId", x."decidedOn", x."course", x."proposed", x."cause", x."consequence", x."measure",
    x."partiesView", x."sessionId", x."isCurrent", p."name" AS "recordedByName"`,
  orderBy: 'x."recordedAt" DESC, x."id" DESC',
  shape: shapeOf(GoalCourse),
};

/** Whether a goal is on course: the service proposes, the chair decides. */
@Injectable()
export class Courses {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly goals: Goals,
    private readonly ownFigures: OwnFigures,
  ) {}

  async read(goalId: string, by: Caller): Promise<CourseView> {
    const goal = await this.goals.goalRow(this.database.reader, goalId, by);
    const history = await rows<DecisionView>(
      this.database.reader,
      `SELECT ${PART.columns} FROM ${PART.from} WHERE x."goalId" = $1 ORDER BY ${PART.orderBy} LIMIT 200`,
      [goalId],
      PART.shape,
    );
    const measured = measuredOf(goal, await this.ownFigures.of(goal, by.today));
    const { course: proposed, reason } = proposedCourse(goal, measured, by.today);
    return {
      goalId,
      course: goal.course ?? 'grey',
      proposed,
      reason,
      lastMeasurement: measured,
      expected: measured ? expectedOn(goal, measured.measuredOn) : null,
      progress: progressOf(goal, measured),
      history: history.map((one) => withNameKnownTo(by, one)),
    };
  }

  /** Decides the course of an active goal. 400 for an unexplained orange or red, 409 for a colour without figures. */
  async decide(goalId: string, input: DecideCourseDto, by: Caller): Promise<DecisionView> {
    const violations = explanationViolations(input);
    if (violations.length > 0) throw invalid(violations);
    const today = this.clock.today();
    const own = await this.ownFigures.of(await this.goals.goalRow(this.database.reader, goalId, by), today);
    return this.transactions.run(async (manager) => {
      const { state, areaId } = await goalToChange(manager, goalId, 'goals.write', by);
      if (state === 'draft') throw conflict('GOAL_IS_DRAFT', 'A draft has no course. Activate the goal first.');
      const goal = await this.goals.goalRow(manager, goalId, by);
      const proposed = proposedCourse(goal, measuredOf(goal, own), today);
      if (!mayDecide(goal, input.course, proposed.course, today)) throw conflict('COURSE_IS_GREY', proposed.reason);
      const day = await daySaid(manager, input.sessionId, by, today);
      const { course, cause = null, consequence = null, measure = null, partiesView = null, sessionId = null } = input;
      const id = newId();
      await manager.update(GoalCourse, { goalId, isCurrent: true }, { isCurrent: false });
      await manager.insert(GoalCourse, {
        id,
        goalId,
        decidedOn: day,
        course,
        proposed: proposed.course,
        cause,
        consequence,
        measure,
        partiesView,
        sessionId,
        isCurrent: true,
        recordedById: asPerson(by).personId,
        recordedAt: this.clock.moment(),
      });
      await this.audit.record(manager, by, 'goal.course_decided', { type: 'goal', id: goalId, areaId });
      return partOf<DecisionView>(manager, PART, id);
    }, by.once);
  }
}

function expectedOn({ courseKind, baseline, target, startsOn, endsOn }: GoalRow, day: string): number | null {
  if (courseKind !== 'line' || baseline === null || target === null || !startsOn || !endsOn) return null;
  return Math.round(expectedValue({ baseline, target, startsOn, endsOn }, day) * 100) / 100;
}

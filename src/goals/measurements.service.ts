import { Injectable } from '@nestjs/common';
import { withNameKnownTo } from '../platform/access/access.rules.js';
import { shapeOf } from '../platform/database/shapes.js';
import type { EntityManager } from 'typeorm';
import { asPerson, type Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { mapPage, type PagingDto } from '../platform/common/paging.js';
import { conflict, invalid } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { type Part, pageOfParts, partOf } from '../platform/database/parts.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Goal } from './goal.entity.js';
import { GoalMeasurement } from './goal-measurement.entity.js';
import { goalToChange, mustReadGoal } from './goals.access.js';
import type { MeasureDto, MeasurementView } from './measurements.dto.js';
import { measurementViolations } from './measurements.rules.js';

const PART: Part = {
  from: '"goal_measurements" x JOIN "people" p ON p."id" = x."recordedById"',
  columns:
    'x."id", x."goalId", x."measuredOn", x."value", x."source", x."correctsId", x."isCurrent", p."name" AS "recordedByName"',
  orderBy: 'x."measuredOn" DESC, x."recordedAt" DESC, x."id" DESC',
  shape: shapeOf(GoalMeasurement),
};

/** Manual measurements. */
@Injectable()
export class Measurements {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(goalId: string, query: PagingDto, by: Caller) {
    await mustReadGoal(this.database.reader, goalId, by);
    const page = await pageOfParts<MeasurementView>(this.database.reader, PART, { goalId }, query);
    return mapPage(page, (one) => withNameKnownTo(by, one));
  }

  /** Adds a measurement; with `correctsId` it replaces an earlier one, which remains readable. */
  measure(goalId: string, input: MeasureDto, by: Caller): Promise<MeasurementView> {
    return this.transactions.run(async (manager) => {
      const goal = await goalToChange(manager, goalId, 'goals.write', by);
      const violations = measurementViolations(goal, input, this.clock.today());
      if (violations.length > 0) throw invalid(violations);
      await this.replace(manager, goal, input);
      const id = newId();
      const { measuredOn, value, source, correctsId = null } = input;
      await manager.insert(GoalMeasurement, {
        id,
        goalId,
        measuredOn,
        value,
        source,
        correctsId,
        isCurrent: true,
        recordedById: asPerson(by).personId,
        recordedAt: this.clock.moment(),
      });
      await this.audit.record(manager, by, 'goal.measured', { type: 'goal', id: goalId, areaId: goal.areaId });
      return partOf<MeasurementView>(manager, PART, id);
    }, by.once);
  }

  /** One measurement per day counts, so that the latest one does not depend on the order of entry. */
  private async replace(manager: EntityManager, goal: Goal, { measuredOn, correctsId }: MeasureDto): Promise<void> {
    if (correctsId) {
      const corrected = await manager.findOneBy(GoalMeasurement, { id: correctsId, goalId: goal.id });
      if (!corrected) throw invalid([{ field: 'correctsId', message: 'correctsId is not a measurement of this goal' }]);
      if (!corrected.isCurrent) {
        throw conflict('CORRECTED_BEFORE', 'That measurement has already been corrected. Correct the newer one.');
      }
      await manager.update(GoalMeasurement, correctsId, { isCurrent: false });
    }
    if (await manager.existsBy(GoalMeasurement, { goalId: goal.id, measuredOn, isCurrent: true })) {
      throw conflict('MEASURED_THAT_DAY', 'There is already a measurement on that day. Correct it with correctsId.');
    }
  }
}

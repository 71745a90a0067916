import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { isPermittedIn } from '../platform/access/access.rules.js';
import { asPerson, type Caller } from '../platform/access/caller.js';
import { ownOrganisation } from '../platform/access/own-organisation.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import type { PagingDto } from '../platform/common/paging.js';
import { invalid } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { type Part, pageOfParts, partOf } from '../platform/database/parts.js';
import { type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Transactions } from '../platform/database/transactions.js';
import { withMergedOf } from '../directory/organisations/merged.conditions.js';
import type { AgreementView, AnswerGoalDto } from './agreements.dto.js';
import { GoalAgreement } from './goal-agreement.entity.js';
import { daySaid, goalToChange, isInvited, mustReadGoal } from './goals.access.js';
import type { SmartFieldError } from './smart.rules.js';

const PART: Part = {
  from: '"goal_agreements" x JOIN "organisations" o ON o."id" = x."organisationId"',
  columns: `x."id", x."goalId", x."organisationId", o."name" AS "organisationName", x."agrees", x."comment", x."answeredOn",
    x."sessionId", x."isCurrent"`,
  orderBy: 'x."recordedAt" DESC, x."id" DESC',
  shape: shapeOf(GoalAgreement),
};

/** Which parties agree to a goal and which do not. */
@Injectable()
export class Agreements {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(goalId: string, query: PagingDto, by: Caller) {
    await mustReadGoal(this.database.reader, goalId, by);
    return pageOfParts<AgreementView>(this.database.reader, PART, { goalId }, query);
  }

  /** Records a party's answer, given by itself or entered by the chair. An earlier answer is kept but not counted. */
  answer(goalId: string, input: AnswerGoalDto, by: Caller): Promise<AgreementView> {
    return this.transactions.run(async (manager) => {
      const goal = await goalToChange(manager, goalId, 'goals.agree', by);
      const isChair = isPermittedIn(by, 'goals.write', goal.areaId);
      const organisationId =
        isChair && input.organisationId ? input.organisationId : ownOrganisation(by, input.organisationId);
      await this.mustBeInvited(manager, goal.areaId, organisationId);
      const today = this.clock.today();
      const day = await daySaid(manager, input.sessionId, by, today);
      const id = newId();
      const party = In(await withMergedOf(manager, organisationId));
      await manager.update(GoalAgreement, { goalId, organisationId: party, isCurrent: true }, { isCurrent: false });
      await manager.insert(GoalAgreement, {
        id,
        goalId,
        organisationId,
        agrees: input.agrees,
        comment: input.comment ?? null,
        answeredOn: day,
        sessionId: input.sessionId ?? null,
        isCurrent: true,
        recordedById: asPerson(by).personId,
        recordedAt: this.clock.moment(),
      });
      await this.audit.record(manager, by, 'goal.answered', { type: 'goal', id: goalId, areaId: goal.areaId });
      return partOf<AgreementView>(manager, PART, id);
    }, by.once);
  }

  private async mustBeInvited(source: Source, areaId: string, organisationId: string): Promise<void> {
    if (await isInvited(source, areaId, organisationId, this.clock.today())) return;
    const error: SmartFieldError = {
      letter: 'A',
      field: 'organisationId',
      message: 'organisationId must be an organisation invited in this area',
    };
    throw invalid([error]);
  }
}

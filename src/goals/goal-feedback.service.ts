import { Injectable } from '@nestjs/common';
import type { JudgeDto, JudgementView } from '../actions/judgements/judgements.dto.js';
import { Judgements } from '../actions/judgements/judgements.service.js';
import type { Caller } from '../platform/access/caller.js';
import type { PagingDto } from '../platform/common/paging.js';
import { conflict } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { Transactions } from '../platform/database/transactions.js';
import { goalToChange, mustReadGoal } from './goals.access.js';
import type { AddLineDto, PartyLineView } from './party-lines.dto.js';
import { PartyLines } from './party-lines.service.js';

/** The parties' judgements and remarks on a goal. */
@Injectable()
export class GoalFeedback {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly judged: Judgements,
    private readonly partyLines: PartyLines,
  ) {}

  async judgements(goalId: string, query: PagingDto, by: Caller) {
    await mustReadGoal(this.database.reader, goalId, by);
    return this.judged.listOf({ goalId }, query);
  }

  judge(goalId: string, input: JudgeDto, by: Caller): Promise<JudgementView> {
    return this.transactions.run(async (manager) => {
      const goal = await goalToChange(manager, goalId, 'goals.judge', by);
      if (goal.state === 'draft') throw conflict('GOAL_IS_DRAFT', 'A draft cannot be judged.');
      return this.judged.record(manager, { goalId }, { type: 'goal', id: goalId, areaId: goal.areaId }, input, by);
    }, by.once);
  }

  async lines(goalId: string, query: PagingDto, by: Caller) {
    await mustReadGoal(this.database.reader, goalId, by);
    return this.partyLines.listOf({ goalId }, query);
  }

  addLine(goalId: string, input: AddLineDto, by: Caller): Promise<PartyLineView> {
    return this.transactions.run(async (manager) => {
      const { areaId } = await goalToChange(manager, goalId, 'goals.judge', by);
      return this.partyLines.write(manager, { goalId }, { type: 'goal', id: goalId, areaId }, input, by);
    }, by.once);
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller, Subject } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { newId } from '../../platform/common/ids.js';
import type { PagingDto } from '../../platform/common/paging.js';
import { conflict } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { Transactions } from '../../platform/database/transactions.js';
import { goalToChange, mustReadGoal, ownOrganisation } from '../../goals/goals.access.js';
import { Judgement } from './judgement.entity.js';
import type { AddLineDto, JudgeDto, JudgementView, PartyLineView } from './judgements.dto.js';
import { type Part, pageOfParts, partOf } from '../../goals/parts.js';
import { PartyLine } from '../../goals/party-line.entity.js';

const JUDGEMENT: Part = {
  table: 'judgements',
  columns: `x."id", x."goalId", x."actionId", x."organisationId", o."name" AS "organisationName", x."judgement", x."comment",
    x."judgedOn", x."isCurrent"`,
  orderBy: 'x."recordedAt" DESC, x."id" DESC',
  shape: { isCurrent: 'boolean' },
};
const LINE: Part = {
  table: 'party_lines',
  columns: 'x."id", x."organisationId", o."name" AS "organisationName", x."text", x."writtenOn"',
  orderBy: 'x."recordedAt" DESC, x."id" DESC',
  shape: {},
};

type Judgeable = { goalId: string } | { actionId: string };
type Noted = { goalId: string } | { opgaveId: string };

/** What the parties think and add: they change no status, and nobody changes those of another. */
@Injectable()
export class Judgements {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(goalId: string, query: PagingDto, by: Caller) {
    await mustReadGoal(this.database.reader, goalId, by);
    return this.listOf({ goalId }, query);
  }

  judge(goalId: string, input: JudgeDto, by: Caller): Promise<JudgementView> {
    return this.transactions.run(async (manager) => {
      const goal = await goalToChange(manager, goalId, 'goals.judge', by);
      if (goal.state === 'draft') throw conflict('GOAL_IS_DRAFT', 'A draft cannot be judged yet.');
      return this.record(manager, { goalId }, { type: 'goal', id: goalId, areaId: goal.areaId }, input, by);
    }, by.once);
  }

  async lines(goalId: string, query: PagingDto, by: Caller) {
    await mustReadGoal(this.database.reader, goalId, by);
    return this.linesOf({ goalId }, query);
  }

  addLine(goalId: string, input: AddLineDto, by: Caller): Promise<PartyLineView> {
    return this.transactions.run(async (manager) => {
      const { areaId } = await goalToChange(manager, goalId, 'goals.judge', by);
      return this.write(manager, { goalId }, { type: 'goal', id: goalId, areaId }, input, by);
    }, by.once);
  }

  /** The judgements of a goal or action; whether the caller may know it is checked before. */
  listOf(of: Judgeable, query: PagingDto) {
    return pageOfParts<JudgementView>(this.database.reader, JUDGEMENT, of, query);
  }

  linesOf(of: Noted, query: PagingDto) {
    return pageOfParts<PartyLineView>(this.database.reader, LINE, of, query);
  }

  /** The judgement of the caller's own organisation; its earlier one stays but counts no more. */
  async record(
    manager: EntityManager,
    of: Judgeable,
    subject: Subject,
    input: JudgeDto,
    by: Caller,
  ): Promise<JudgementView> {
    const organisationId = ownOrganisation(by, input.organisationId);
    const id = newId();
    await manager.update(Judgement, { ...of, organisationId, isCurrent: true }, { isCurrent: false });
    await manager.insert(Judgement, {
      id,
      goalId: null,
      actionId: null,
      ...of,
      organisationId,
      judgement: input.judgement,
      comment: input.comment ?? null,
      judgedOn: this.clock.today(),
      isCurrent: true,
      recordedById: by.personId,
      recordedAt: this.clock.moment(),
    });
    await this.audit.record(manager, by, `${subject.type}.judged`, subject);
    return partOf<JudgementView>(manager, JUDGEMENT, id);
  }

  /** A dated line of the caller's own organisation. */
  async write(
    manager: EntityManager,
    of: Noted,
    subject: Subject,
    input: AddLineDto,
    by: Caller,
  ): Promise<PartyLineView> {
    const id = newId();
    await manager.insert(PartyLine, {
      id,
      goalId: null,
      opgaveId: null,
      ...of,
      organisationId: ownOrganisation(by, input.organisationId),
      text: input.text,
      writtenOn: this.clock.today(),
      recordedById: by.personId,
      recordedAt: this.clock.moment(),
    });
    await this.audit.record(manager, by, `${subject.type}.line-added`, subject);
    return partOf<PartyLineView>(manager, LINE, id);
  }
}

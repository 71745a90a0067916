import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Audit } from '../audit/audit.service.js';
import { Clock } from '../common/clock.js';
import { mustMatch } from '../common/etag.js';
import { newId } from '../common/ids.js';
import type { Page, PagingDto } from '../common/paging.js';
import { conflict, forbidden, invalid, notFound } from '../common/problems.js';
import { Database } from '../database/database.js';
import { pageOf, Params, row } from '../database/rows.js';
import { lockOne, Transactions } from '../database/transactions.js';
import { insertRow, updateRow } from '../database/writes.js';
import { sightOf } from './action-access.rules.js';
import { ActionHistory, type LockedAction } from './action-history.service.js';
import { ActionJudgement } from './action-judgement.entity.js';
import type { ChangeJudgementDto, CreateJudgementDto, JudgementView } from './action-judgements.dto.js';
import { ActionReading } from './action-reading.service.js';

const COLUMNS = `j."id", j."actionId", j."organisationId", o."name" AS "organisationName", j."verdict", j."explanation",
  j."judgedById", p."name" AS "judgedByName", j."judgedAt", j."version"`;
const FROM = `"action_judgements" j JOIN "organisations" o ON o."id" = j."organisationId"
  JOIN "people" p ON p."id" = j."judgedById"`;

/** What other parties think of an action. It never changes the owner's own status. */
@Injectable()
export class ActionJudgements {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly history: ActionHistory,
    private readonly reading: ActionReading,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(actionId: string, query: PagingDto, caller: Caller): Promise<Page<JudgementView>> {
    const action = await this.reading.read(actionId, caller);
    if (!('allowed' in action)) throw forbidden();
    const params = new Params();
    const where = `j."actionId" = ${params.add(actionId)}`;
    const page = { select: COLUMNS, from: FROM, where, orderBy: 'o."name", j."id"', params };
    return pageOf<JudgementView>(this.database.reader, page, query);
  }

  /** One per organisation; of an organisation that does not do it itself. */
  give(actionId: string, input: CreateJudgementDto, by: Caller): Promise<JudgementView> {
    return this.transactions.run(async (manager) => {
      const action = await this.lock(manager, actionId, by);
      const organisationId = judgingOrganisation(action, input.organisationId, by);
      const given = await row(
        manager,
        'SELECT 1 FROM "action_judgements" WHERE "actionId" = $1 AND "organisationId" = $2',
        [actionId, organisationId],
      );
      if (given)
        throw conflict('ALREADY_JUDGED', 'Your organisation judged this action already; change that judgement.');
      const id = newId();
      await insertRow(manager, 'action_judgements', {
        id,
        actionId,
        organisationId,
        verdict: input.verdict,
        explanation: input.explanation ?? null,
        judgedById: by.personId,
        judgedAt: this.clock.moment(),
        version: 1,
      });
      await this.record(manager, by, 'action.judged', action);
      return this.view(manager, id);
    }, by.once);
  }

  /** Only for who is of the organisation that judged. */
  change(actionId: string, id: string, input: ChangeJudgementDto, version: number, by: Caller): Promise<JudgementView> {
    return this.transactions.run(async (manager) => {
      const action = await this.lock(manager, actionId, by);
      const judgement = await lockOne(manager, ActionJudgement, id);
      if (judgement.actionId !== actionId) throw notFound();
      if (!by.organisationIds.includes(judgement.organisationId)) throw forbidden();
      mustMatch(judgement, version);
      const { verdict = judgement.verdict, explanation = judgement.explanation } = input;
      const said = { verdict, explanation, judgedById: by.personId, judgedAt: this.clock.moment() };
      await updateRow(manager, 'action_judgements', id, said);
      await this.record(manager, by, 'action.judgement-changed', action);
      return this.view(manager, id);
    });
  }

  private async lock(manager: EntityManager, actionId: string, by: Caller): Promise<LockedAction> {
    const action = await this.history.lock(manager, actionId);
    const sight = sightOf(by, action);
    if (sight === 'none') throw notFound();
    if (sight === 'public') throw forbidden();
    if (action.isWithdrawn) throw conflict('ACTION_WITHDRAWN', 'This action was withdrawn.');
    return action;
  }

  private record(manager: EntityManager, by: Caller, operation: string, action: LockedAction): Promise<void> {
    const { id, areaId, isConfidential, partyIds } = action;
    return this.audit.record(manager, by, operation, { type: 'action', id, areaId, isConfidential, partyIds });
  }

  private async view(manager: EntityManager, id: string): Promise<JudgementView> {
    return (await row<JudgementView>(manager, `SELECT ${COLUMNS} FROM ${FROM} WHERE j."id" = $1`, [id]))!;
  }
}

/** The organisation for which the caller judges: an own one that neither owns nor co-owns the action. */
function judgingOrganisation(action: LockedAction, asked: string | undefined, by: Caller): string {
  const wrong = (message: string) => invalid([{ field: 'organisationId', message: `organisationId ${message}` }]);
  if (asked && !by.organisationIds.includes(asked)) throw wrong('is not an organisation of your own');
  const doing = [action.ownerId, ...action.coOwnerIds];
  const others = (asked ? [asked] : by.organisationIds).filter((id) => !doing.includes(id));
  if (others.length === 0) throw conflict('OWN_ACTION', 'Who does an action does not judge it.');
  if (others.length > 1) throw wrong('must say for which of your organisations');
  return others[0];
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { readableActions, titleFor } from '../actions/action-conditions.js';
import { isChoosable } from '../directory/organisations/merged.conditions.js';
import { Areas } from '../directory/areas/areas.service.js';
import type { Caller } from '../platform/access/caller.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import { Clock } from '../platform/common/clock.js';
import { grouped } from '../platform/common/grouped.js';
import { newId } from '../platform/common/ids.js';
import { mapPage } from '../platform/common/paging.js';
import { invalid, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { orderOf, pageOf, Params, row, rows, type Source } from '../platform/database/rows.js';
import { withNulls } from '../platform/database/shapes.js';
import { Transactions } from '../platform/database/transactions.js';
import { insertAll } from '../platform/database/writes.js';
import { isPermittedIn } from '../platform/access/access.rules.js';
import { Budget } from './budget.entity.js';
import { writesAtTable } from '../meetings/meetings.access.js';
import { budgetToChange } from './budget.access.js';
import { InitiativeAction } from './initiative-action.entity.js';
import { InitiativeChanges, type Work } from './initiative-changes.service.js';
import { Initiative } from './initiative.entity.js';
import type {
  ChangeInitiativeDto,
  CreateInitiativeDto,
  InitiativeActionsDto,
  InitiativeListDto,
} from './initiatives.dto.js';
import {
  INITIATIVE_COLUMNS,
  INITIATIVE_SHAPE,
  INITIATIVE_TABLES,
  type InitiativeActionView,
  type InitiativeRow,
  type InitiativeView,
  toInitiativeView,
} from './initiatives.views.js';
import { centsIn } from './money.rules.js';
import { spendingViolations } from './budget.rules.js';

const SORT = {
  title: 'natural_key(i."title")',
  requestedOn: 'i."requestedOn"',
  decidedOn: 'i."decidedOn"',
  requested: 'i."requestedCents"',
};
const NEW = { state: 'requested', isAccountedFor: false, version: 1 } as const;

/** Requests for money from a budget: what it is for, who asked, and the result. */
@Injectable()
export class Initiatives {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly changes: InitiativeChanges,
  ) {}

  async list(query: InitiativeListDto, by: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'i."requestedOn" DESC, i."id" DESC');
    const params = new Params();
    const conditions = [inPermittedAreas(by, 'budgets.read', 'b."areaId"', params)];
    if (query.area) {
      conditions.push(`b."areaId" IN (${params.list(await this.areas.idsBelow(query.area, by.today))})`);
    }
    if (query.budget) conditions.push(`i."budgetId" = ${params.add(query.budget)}`);
    if (query.year) conditions.push(`b."year" = ${params.add(query.year)}`);
    if (query.state) conditions.push(`i."state" = ${params.add(query.state)}`);
    if (query.theme) conditions.push(`i."theme" = ${params.add(query.theme)}`);
    if (query.session) conditions.push(`i."sessionId" = ${params.add(query.session)}`);
    if (query.q) conditions.push(this.database.dialect.contains(['i."title"'], query.q, params));
    const where = conditions.join(' AND ');
    const page = await pageOf<InitiativeRow>(
      this.database.reader,
      { select: INITIATIVE_COLUMNS, from: INITIATIVE_TABLES, where, orderBy, params, shape: INITIATIVE_SHAPE },
      query,
    );
    const ids = page.items.map(({ id }) => id);
    const actions = await this.actionsOf(this.database.reader, ids, by);
    return mapPage(page, (one) => toInitiativeView(one, actions.get(one.id) ?? []));
  }

  /** One initiative; 404 if the caller may not read budgets of its area. */
  read(id: string, by: Caller): Promise<InitiativeView> {
    return this.view(this.database.reader, id, by);
  }

  create(input: CreateInitiativeDto, by: Caller): Promise<InitiativeView> {
    return this.transactions.run(async (manager) => {
      const { id } = await this.add(manager, input, by);
      return this.view(manager, id, by);
    }, by.once);
  }

  /** The same inside the caller's transaction, possibly during a session. */
  async add(
    manager: EntityManager,
    { requested, ...input }: CreateInitiativeDto,
    by: Caller,
    sessionId?: string,
  ): Promise<Initiative> {
    const budget = await this.budgetOf(manager, input.budgetId, by, sessionId);
    const { isPublic = false, requestedOn = this.clock.today(), ...plain } = input;
    const asked = { ...plain, requestedCents: centsIn(requested)!, requestedOn, isPublic };
    const initiative = withNulls(Initiative, { ...NEW, ...asked, id: newId() });
    await this.mustFit(manager, initiative);
    await manager.insert(Initiative, { ...initiative });
    await this.changes.append(manager, { initiative, verb: 'recorded', areaId: budget.areaId, sessionId }, by);
    return initiative;
  }

  /** Changes its details, or what was spent and the result. Decisions are separate. */
  async change(id: string, input: ChangeInitiativeDto, version: number, by: Caller): Promise<InitiativeView> {
    await this.changes.make(id, { version }, by, this.changing(input));
    return this.read(id, by);
  }

  /** The same inside the caller's transaction. */
  alter(manager: EntityManager, id: string, input: ChangeInitiativeDto, version: number, by: Caller) {
    return this.changes.makeWithin(manager, id, { version }, by, this.changing(input));
  }

  private changing(input: ChangeInitiativeDto): Work {
    return async (manager, initiative) => {
      const { requested, spent, ...plain } = input;
      const changed: Partial<Initiative> = { ...plain };
      if (requested !== undefined) changed.requestedCents = centsIn(requested)!;
      if (spent !== undefined) changed.spentCents = spent === null ? null : centsIn(spent);
      await this.mustFit(manager, { ...initiative, ...changed }, initiative.requestedById);
      return { verb: 'changed', changed };
    };
  }

  /** Sets the actions that carry it out. Confidential ones cannot: an initiative is for everyone in the area. */
  setActions(id: string, { actionIds }: InitiativeActionsDto, version: number, by: Caller): Promise<InitiativeView> {
    return this.changes
      .make(id, { version }, by, async (manager) => {
        const params = new Params();
        const known = await rows<{ id: string }>(
          manager,
          `SELECT a."id" FROM "actions" a WHERE a."id" IN (${params.list(actionIds)}) AND NOT a."isConfidential"
           AND NOT a."isWithdrawn" AND ${readableActions(manager, by, params)}`,
          params.values,
        );
        const errors = actionIds.flatMap((actionId, index) => {
          if (known.some((one) => one.id === actionId)) return [];
          return [{ field: `actionIds.${index}`, message: 'is not an action that can carry out an initiative' }];
        });
        if (errors.length > 0) throw invalid(errors);
        await manager.delete(InitiativeAction, { initiativeId: id });
        const carried = actionIds.map((actionId) => ({ initiativeId: id, actionId }));
        await insertAll(manager, InitiativeAction, carried);
        return { verb: 'changed', changed: {} };
      })
      .then(() => this.read(id, by));
  }

  /** The row of an initiative; 404 if the caller may not read it. */
  async initiativeRow(source: Source, id: string, by: Caller): Promise<InitiativeRow> {
    const params = new Params();
    const initiative = params.add(id);
    const found = await row<InitiativeRow>(
      source,
      `SELECT ${INITIATIVE_COLUMNS} FROM ${INITIATIVE_TABLES}
       WHERE i."id" = ${initiative} AND ${inPermittedAreas(by, 'budgets.read', 'b."areaId"', params)}`,
      params.values,
      INITIATIVE_SHAPE,
    );
    if (!found) throw notFound();
    return found;
  }

  private async view(source: Source, id: string, by: Caller): Promise<InitiativeView> {
    const found = await this.initiativeRow(source, id, by);
    return toInitiativeView(found, (await this.actionsOf(source, [id], by)).get(id) ?? []);
  }

  /** The actions that carry them out, as far as the caller may read them; excludes any that became confidential. */
  private async actionsOf(source: Source, ids: readonly string[], by: Caller) {
    const params = new Params();
    const found = await rows<InitiativeActionView & { initiativeId: string }>(
      source,
      `SELECT x."initiativeId", a."id", a."number", ${titleFor(source, by, params)} AS "title", a."status" FROM "initiative_actions" x
         JOIN "actions" a ON a."id" = x."actionId"
       WHERE x."initiativeId" IN (${params.list(ids)}) AND NOT a."isConfidential" AND NOT a."isWithdrawn"
         AND ${readableActions(source, by, params)} ORDER BY a."numberKey"`,
      params.values,
    );
    const byInitiative = grouped(found, ({ initiativeId }) => initiativeId);
    return new Map(
      [...byInitiative].map(([id, actions]) => [id, actions.map(({ initiativeId: _, ...action }) => action)]),
    );
  }

  /** Locks the requested budget; 400 if the caller may not read it, 403 if they may not change it. */
  private async budgetOf(manager: EntityManager, budgetId: string, by: Caller, sessionId?: string): Promise<Budget> {
    const budget = await manager.findOneBy(Budget, { id: budgetId });
    const isAtTable = budget && sessionId && (await writesAtTable(manager, sessionId, budget.areaId, by));
    if (!budget || !(isAtTable || isPermittedIn(by, 'budgets.read', budget.areaId))) {
      throw invalid([{ field: 'budgetId', message: 'budgetId is not a budget' }]);
    }
    return budgetToChange(manager, budgetId, by, sessionId);
  }

  private async mustFit(manager: EntityManager, initiative: Initiative, before?: string | null): Promise<void> {
    const errors = spendingViolations(initiative, this.clock.today());
    const { requestedById } = initiative;
    if (requestedById !== null && requestedById !== before && !(await isChoosable(manager, requestedById))) {
      const message = 'requestedById is not an organisation, or has been merged';
      errors.push({ field: 'requestedById', message });
    }
    if (errors.length > 0) throw invalid(errors);
  }
}

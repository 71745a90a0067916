import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import { Areas } from '../directory/areas/areas.service.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { newId } from '../platform/common/ids.js';
import { conflict, forbidden, invalid, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { RowHistory } from '../platform/database/row-history.js';
import { orderOf, pageOf, Params, row, type Source } from '../platform/database/rows.js';
import { withNulls } from '../platform/database/shapes.js';
import { Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { isChoosable } from '../directory/organisations/merged.conditions.js';
import { Goal, type Metric } from './goal.entity.js';
import { goalToChange } from './goals.access.js';
import type { ChangeGoalDto, CreateGoalDto, GoalListDto, MetricDto } from './goals.dto.js';
import {
  GOAL_COLUMNS,
  GOAL_SHAPE,
  GOAL_TABLES,
  type GoalRow,
  type GoalView,
  toGoalView,
  type SmartCheckView,
  toSmartCheckView,
} from './goals.views.js';
import { OwnFigures } from './own-figures.js';
import { Opgave } from './opgaven/opgave.entity.js';
import { goalViolations, type LetterCheck, smartCheck, type SmartFieldError } from './smart.rules.js';
import { isCurrentArea, NOT_AN_AREA } from '../directory/areas/current-areas.js';

const SORT = {
  title: 'natural_key(g."title")',
  endsOn: 'g."endsOn"',
  startsOn: 'g."startsOn"',
  area: 'natural_key(a."name")',
};

@Injectable()
export class Goals {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly ownFigures: OwnFigures,
    private readonly former: RowHistory,
  ) {}

  async list(query: GoalListDto, by: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'natural_key(a."name"), natural_key(g."title"), g."id"');
    const params = new Params();
    const conditions = [inPermittedAreas(by, 'goals.read', 'g."areaId"', params)];
    if (query.area) {
      conditions.push(`g."areaId" IN (${params.list(await this.areas.idsBelow(query.area, by.today))})`);
    }
    if (query.state) conditions.push(`g."state" = ${params.add(query.state)}`);
    if (query.kind) conditions.push(`g."kind" = ${params.add(query.kind)}`);
    if (query.theme) conditions.push(`g."theme" = ${params.add(query.theme)}`);
    if (query.opgave) conditions.push(`g."opgaveId" = ${params.add(query.opgave)}`);
    if (query.q) conditions.push(this.database.dialect.contains(['g."title"'], query.q, params));
    const page = await pageOf<GoalRow>(
      this.database.reader,
      {
        select: GOAL_COLUMNS,
        from: GOAL_TABLES,
        where: conditions.join(' AND '),
        orderBy,
        params,
        shape: GOAL_SHAPE,
      },
      query,
    );
    return { ...page, items: await this.ownFigures.viewsOf(page.items, by.today) };
  }

  /** One goal; 404 if the caller may not read goals of its area. */
  async read(id: string, by: Caller): Promise<GoalView> {
    const goal = await this.goalRow(this.database.reader, id, by);
    return toGoalView(goal, by.today, await this.ownFigures.of(goal, by.today));
  }

  async smartCheck(id: string, by: Caller): Promise<SmartCheckView> {
    return toSmartCheckView(await this.goalRow(this.database.reader, id, by));
  }

  create({ metric, ...input }: CreateGoalDto, by: Caller): Promise<GoalView> {
    return this.transactions.run(async (manager) => {
      if (!isPermittedIn(by, 'goals.read', input.areaId) || !(await isCurrentArea(manager, input.areaId)))
        throw invalid([NOT_AN_AREA]);
      if (!isPermittedIn(by, 'goals.write', input.areaId)) throw forbidden();
      const id = newId();
      const given = { courseKind: 'line' as const, ...input, metric: toMetric(metric) };
      const goal = withNulls(Goal, { ...given, id, state: 'draft', version: 1 });
      await this.mustFit(manager, goal);
      await manager.insert(Goal, { ...goal });
      await this.audit.record(manager, by, 'goal.created', { type: 'goal', id, areaId: goal.areaId });
      return this.view(manager, id, by);
    }, by.once);
  }

  /** Changes a goal. An active one must stay SMART: otherwise 409 with letters and reasons. */
  change(id: string, { metric, ...input }: ChangeGoalDto, version: number, by: Caller): Promise<GoalView> {
    return this.transactions.run(async (manager) => {
      const goal = await goalToChange(manager, id, 'goals.write', by);
      mustMatch(goal, version);
      const changes = { ...input, ...(metric === undefined ? {} : { metric: toMetric(metric) }) };
      const changed: Goal = { ...goal, ...changes };
      await this.mustFit(manager, changed, goal.metric?.organisationId);
      if (goal.state === 'active') mustBeSmart(smartCheck(changed, await this.goalRow(manager, id, by)));
      await this.former.keep(manager, 'goals', id, changes, by.today);
      await updateRow(manager, Goal, id, changes);
      await this.audit.record(manager, by, 'goal.changed', { type: 'goal', id, areaId: goal.areaId });
      return this.view(manager, id, by);
    });
  }

  /** Activates a draft; 409 with letters and reasons until all five hold. */
  activate(id: string, version: number, by: Caller): Promise<GoalView> {
    return this.transactions.run(async (manager) => {
      const goal = await goalToChange(manager, id, 'goals.write', by);
      mustMatch(goal, version);
      if (goal.state === 'active') throw conflict('GOAL_ACTIVE', 'This goal is already active.');
      mustBeSmart(smartCheck(goal, await this.goalRow(manager, id, by)));
      const activatedOn = this.clock.today();
      await this.former.keep(manager, 'goals', id, { activatedOn }, activatedOn);
      await updateRow(manager, Goal, id, { state: 'active', activatedOn });
      await this.audit.record(manager, by, 'goal.activated', { type: 'goal', id, areaId: goal.areaId });
      return this.view(manager, id, by);
    });
  }

  /** The row of a goal; 404 if the caller may not read it. */
  async goalRow(source: Source, id: string, by: Caller): Promise<GoalRow> {
    const params = new Params();
    const goal = params.add(id);
    const found = await row<GoalRow>(
      source,
      `SELECT ${GOAL_COLUMNS} FROM ${GOAL_TABLES}
       WHERE g."id" = ${goal} AND ${inPermittedAreas(by, 'goals.read', 'g."areaId"', params)}`,
      params.values,
      GOAL_SHAPE,
    );
    if (!found) throw notFound();
    return found;
  }

  private async view(manager: EntityManager, id: string, by: Caller): Promise<GoalView> {
    return toGoalView(await this.goalRow(manager, id, by), by.today);
  }

  /** 400 with everything that is invalid even in a draft. Organisations that were already named (`before`) may stay. */
  private async mustFit(manager: EntityManager, goal: Goal, before?: string): Promise<void> {
    const errors: SmartFieldError[] = [...goalViolations(goal), ...metricViolations(goal.metric)];
    if (goal.opgaveId && !(await manager.existsBy(Opgave, { id: goal.opgaveId }))) {
      errors.push({ letter: 'R', field: 'opgaveId', message: 'opgaveId is not an opgave' });
    }
    const { organisationId } = goal.metric ?? {};
    if (organisationId && organisationId !== before && !(await isChoosable(manager, organisationId))) {
      errors.push({
        letter: 'M',
        field: 'metric.organisationId',
        message: 'organisationId is not an organisation, or has been merged',
      });
    }
    if (errors.length > 0) throw invalid(errors);
  }
}

/** The parameters each figure from our own data requires. */
function metricViolations(metric: Metric | null): SmartFieldError[] {
  if (metric?.kind === 'minutes_sent' && metric.days === undefined) {
    return [{ letter: 'M', field: 'metric.days', message: 'days is required for minutes_sent' }];
  }
  if (metric?.kind === 'judged_realised' && metric.organisationId === undefined) {
    return [{ letter: 'M', field: 'metric.organisationId', message: 'organisationId is required for judged_realised' }];
  }
  return [];
}

const toMetric = (metric: MetricDto | null | undefined): Metric | null => (metric ? { ...metric } : null);

/** 409 listing, for each letter that does not hold, what to fill in. */
function mustBeSmart(checks: readonly LetterCheck[]): void {
  const errors = checks.flatMap(({ letter, reason, fillIn }) =>
    fillIn.map(({ field, question }) => ({ letter, field, message: question, reason })),
  );
  if (errors.length === 0) return;
  const letters = checks.filter(({ holds }) => !holds).map(({ letter }) => letter);
  throw conflict('GOAL_NOT_SMART', `This goal is not SMART yet: ${letters.join(', ')}.`, errors);
}

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import { Areas } from '../directory/areas/areas.service.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { newId } from '../platform/common/ids.js';
import { conflict, type FieldError, forbidden, invalid, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { dialectOf } from '../platform/database/dialect.js';
import { orderOf, pageOf, Params, row, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { insertAll, updateRow } from '../platform/database/writes.js';
import { heldOnOf, isInvited } from '../goals/goals.access.js';
import { type Settings, SETTINGS } from '../platform/settings.js';
import { Wijkagenda } from './wijkagenda.entity.js';
import { WijkagendaContents } from './wijkagenda-contents.service.js';
import { WijkagendaGoal } from './wijkagenda-goal.entity.js';
import { WijkagendaParty } from './wijkagenda-party.entity.js';
import type {
  AdoptWijkagendaDto,
  ChangeWijkagendaDto,
  CreateWijkagendaDto,
  PlacedGoalDto,
  PlaceGoalsDto,
  WijkagendaListDto,
} from './wijkagendas.dto.js';
import type { WijkagendaRow, WijkagendaView } from './wijkagendas.views.js';
import { isCurrentArea, NOT_AN_AREA } from '../directory/areas/current-areas.js';

const SORT = { year: 'w."year"', area: 'natural_key(a."name")', state: 'w."state"' };
const SHAPE = { ...shapeOf(Wijkagenda), adoptedBy: 'json' } as const;
export const WIJKAGENDA_TABLES = '"wijkagendas" w JOIN "areas" a ON a."id" = w."areaId"';

export const wijkagendaColumns = (source: Source): string => {
  const pairs = { organisationId: 'p."organisationId"', organisationName: 'o."name"' };
  return `w."id", w."areaId", a."name" AS "areaName", a."kind" AS "areaKind", w."year", w."state", w."themes",
    w."introduction", w."adoptedOn", w."adoptedInId", w."closedOn", w."publishedAt", w."version",
    (SELECT count(*) FROM "wijkagenda_goals" g WHERE g."wijkagendaId" = w."id") AS "goalCount",
    (SELECT ${dialectOf(source).jsonObjects(pairs, 'natural_key(o."name")')} FROM "wijkagenda_parties" p
      JOIN "organisations" o ON o."id" = p."organisationId" WHERE p."wijkagendaId" = w."id") AS "adoptedBy"`;
};
export const WIJKAGENDA_SHAPE = SHAPE;

/** The agendas of areas per year: draft, adopted, closed. */
@Injectable()
export class Wijkagendas {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly contents: WijkagendaContents,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async list(query: WijkagendaListDto, by: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'w."year" DESC, natural_key(a."name"), w."id"');
    const params = new Params();
    const conditions = [inPermittedAreas(by, 'wijkagendas.read', 'w."areaId"', params)];
    if (query.area) {
      conditions.push(`w."areaId" IN (${params.list(await this.areas.idsBelow(query.area, by.today))})`);
    }
    if (query.year) conditions.push(`w."year" = ${params.add(query.year)}`);
    if (query.state) conditions.push(`w."state" = ${params.add(query.state)}`);
    const select = wijkagendaColumns(this.database.reader);
    const where = conditions.join(' AND ');
    return pageOf<WijkagendaRow>(
      this.database.reader,
      { select, from: WIJKAGENDA_TABLES, where, orderBy, params, shape: SHAPE },
      query,
    );
  }

  /** The years of those that the caller may read, latest first. */
  async years(by: Caller): Promise<number[]> {
    const params = new Params();
    const where = inPermittedAreas(by, 'wijkagendas.read', 'w."areaId"', params);
    const sql = `SELECT DISTINCT w."year" FROM "wijkagendas" w WHERE ${where} ORDER BY w."year" DESC`;
    return (await rows<{ year: number }>(this.database.reader, sql, params.values)).map(({ year }) => year);
  }

  async read(id: string, by: Caller): Promise<WijkagendaView> {
    return this.view(this.database.reader, id, by);
  }

  create({ goalIds = [], ...input }: CreateWijkagendaDto, by: Caller): Promise<WijkagendaView> {
    return this.transactions.run(async (manager) => {
      const { areaId, year } = input;
      if (!isPermittedIn(by, 'wijkagendas.read', areaId) || !(await isCurrentArea(manager, areaId)))
        throw invalid([NOT_AN_AREA]);
      if (!isPermittedIn(by, 'wijkagendas.write', areaId)) throw forbidden();
      if (await manager.existsBy(Wijkagenda, { areaId, year })) {
        throw conflict('WIJKAGENDA_EXISTS', 'This area already has a wijkagenda for that year.');
      }
      const wijkagenda: Wijkagenda = {
        id: newId(),
        areaId,
        year,
        state: 'draft',
        themes: input.themes ?? this.settings.WIJKAGENDA_THEMES.split(';'),
        introduction: input.introduction ?? null,
        adoptedOn: null,
        adoptedInId: null,
        closedOn: null,
        publishedAt: null,
        version: 1,
      };
      await manager.insert(Wijkagenda, { ...wijkagenda });
      await this.place(
        manager,
        wijkagenda,
        goalIds.map((goalId) => ({ goalId })),
      );
      await this.audit.record(manager, by, 'wijkagenda.created', subjectOf(wijkagenda));
      return this.view(manager, wijkagenda.id, by);
    }, by.once);
  }

  change(id: string, input: ChangeWijkagendaDto, version: number, by: Caller): Promise<WijkagendaView> {
    return this.edit(id, version, by, 'changed', () => Promise.resolve({ ...input }));
  }

  /** Sets the goals on it, their order, and which of them are published. */
  placeGoals(id: string, { goals }: PlaceGoalsDto, version: number, by: Caller): Promise<WijkagendaView> {
    return this.edit(id, version, by, 'goals_placed', async (manager, wijkagenda) => {
      await this.place(manager, wijkagenda, goals);
      return {};
    });
  }

  /** Adopts a draft in a session, naming parties that are invited to a meeting of the area (400 otherwise). */
  adopt(id: string, input: AdoptWijkagendaDto, version: number, by: Caller): Promise<WijkagendaView> {
    return this.edit(id, version, by, 'adopted', async (manager, wijkagenda) => {
      if (wijkagenda.state !== 'draft')
        throw conflict('WIJKAGENDA_ADOPTED', 'This wijkagenda has already been adopted.');
      const heldOn = await heldOnOf(manager, input.sessionId, by);
      const errors: FieldError[] = [];
      if (heldOn > this.clock.today())
        errors.push({ field: 'sessionId', message: 'sessionId must not be in the future' });
      for (const [index, organisationId] of input.organisationIds.entries()) {
        if (await isInvited(manager, wijkagenda.areaId, organisationId, heldOn)) continue;
        const message = 'this organisation is not invited in this area';
        errors.push({ field: `organisationIds.${index}`, message });
      }
      if (errors.length > 0) throw invalid(errors);
      await insertAll(
        manager,
        WijkagendaParty,
        input.organisationIds.map((organisationId) => ({ wijkagendaId: id, organisationId })),
      );
      return { state: 'adopted', adoptedOn: heldOn, adoptedInId: input.sessionId };
    });
  }

  close(id: string, version: number, by: Caller): Promise<WijkagendaView> {
    return this.edit(id, version, by, 'closed', (_, wijkagenda) => {
      if (wijkagenda.state === 'draft')
        throw conflict('WIJKAGENDA_IS_DRAFT', 'A draft must be adopted before it is closed.');
      return Promise.resolve({ state: 'closed', closedOn: this.clock.today() });
    });
  }

  /** The row of one wijkagenda; 404 if the caller may not read it. */
  async wijkagendaRow(source: Source, id: string, by: Caller): Promise<WijkagendaRow> {
    const params = new Params();
    const wijkagenda = params.add(id);
    const found = await row<WijkagendaRow>(
      source,
      `SELECT ${wijkagendaColumns(source)} FROM ${WIJKAGENDA_TABLES}
       WHERE w."id" = ${wijkagenda} AND ${inPermittedAreas(by, 'wijkagendas.read', 'w."areaId"', params)}`,
      params.values,
      SHAPE,
    );
    if (!found) throw notFound();
    return found;
  }

  /** Locks the wijkagenda for a change; 404 if the caller may not read it, 403 if they may not change it. */
  async toChange(manager: EntityManager, id: string, version: number, by: Caller): Promise<Wijkagenda> {
    const wijkagenda = await lockOne(manager, Wijkagenda, id);
    if (!isPermittedIn(by, 'wijkagendas.read', wijkagenda.areaId)) throw notFound();
    if (!isPermittedIn(by, 'wijkagendas.write', wijkagenda.areaId)) throw forbidden();
    mustMatch(wijkagenda, version);
    return wijkagenda;
  }

  private edit(
    id: string,
    version: number,
    by: Caller,
    verb: 'changed' | 'goals_placed' | 'adopted' | 'closed',
    work: (manager: EntityManager, wijkagenda: Wijkagenda) => Promise<Partial<Wijkagenda>>,
  ): Promise<WijkagendaView> {
    return this.transactions.run(async (manager) => {
      const wijkagenda = await this.toChange(manager, id, version, by);
      if (wijkagenda.state === 'closed') throw conflict('WIJKAGENDA_CLOSED', 'A closed wijkagenda cannot be changed.');
      const changes = await work(manager, wijkagenda);
      await updateRow(manager, Wijkagenda, id, changes);
      await this.audit.record(manager, by, `wijkagenda.${verb}`, subjectOf(wijkagenda));
      return this.view(manager, id, by);
    });
  }

  private async place(manager: EntityManager, wijkagenda: Wijkagenda, goals: readonly PlacedGoalDto[]): Promise<void> {
    const { id: wijkagendaId, areaId, publishedAt } = wijkagenda;
    const params = new Params();
    const areaIds = params.list(await this.areas.idsBelow(areaId, this.clock.today(), manager));
    const known = await rows<{ id: string }>(
      manager,
      `SELECT g."id" FROM "goals" g WHERE g."areaId" IN (${areaIds}) AND g."id" IN (${params.list(goals.map(({ goalId }) => goalId))})`,
      params.values,
    );
    const errors = goals.flatMap(({ goalId }, index) => {
      const isTwice = goals.findIndex((other) => other.goalId === goalId) < index;
      const isKnown = known.some(({ id }) => id === goalId);
      if (isKnown && !isTwice) return [];
      const message = isTwice ? 'goalId occurs twice' : 'goalId is not a goal of this area or below it';
      return [{ field: `goals.${index}.goalId`, message }];
    });
    if (errors.length > 0) throw invalid(errors);
    const before = await manager.findBy(WijkagendaGoal, { wijkagendaId });
    await manager.delete(WijkagendaGoal, { wijkagendaId });
    const placed = goals.map(({ goalId, isPublic }, index) => {
      const earlier = before.find((one) => one.goalId === goalId)?.isPublic;
      // A goal added to a published wijkagenda is made public only if the chair says so.
      return { wijkagendaId, goalId, position: index + 1, isPublic: isPublic ?? earlier ?? publishedAt === null };
    });
    await insertAll(manager, WijkagendaGoal, placed);
  }

  private async view(source: Source, id: string, by: Caller): Promise<WijkagendaView> {
    const found = await this.wijkagendaRow(source, id, by);
    return this.contents.toView(found, await this.contents.goals(source, id, by.today));
  }
}

export const subjectOf = ({ id, areaId }: { id: string; areaId: string }) => ({ type: 'wijkagenda', id, areaId });

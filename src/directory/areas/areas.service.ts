import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { isUniqueViolation } from '../../platform/common/storage-errors.js';
import { conflict, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { PointInTime, RowHistory } from '../../platform/database/row-history.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { inForce, orderOf, pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { CommitScopedCache } from '../../platform/database/commit-scoped-cache.js';
import { Area } from './area.entity.js';
import { AreaName } from './area-name.entity.js';
import { AreaParent } from './area-parent.entity.js';
import type { AreaListDto, AreaView, ChangeAreaDto, CreateAreaDto } from './areas.dto.js';
import { isCurrentArea } from './current-areas.js';

const SORT = { name: 'natural_key(a."name")', code: 'a."code"', kind: 'a."kind"' };
const SHAPE = { ...shapeOf(Area), formerNames: 'json' } as const;

/** The columns of the view; the parent is the one on `day`. */
const columns = (source: Source, day: string): string => {
  const names = dialectOf(source).jsonObjects({ name: 'n."name"', untilOn: 'n."untilOn"' }, 'n."untilOn"');
  return `a."id", a."name", a."code", a."kind", a."cbsCode", a."inhabitants", a."contactEmail", a."mergedIntoId", a."version",
    (SELECT p."parentId" FROM "area_parents" p WHERE p."areaId" = a."id" AND ${inForce('p', day)}) AS "parentId",
    (SELECT ${names} FROM "area_names" n WHERE n."areaId" = a."id") AS "formerNames"`;
};

@Injectable()
export class Areas {
  private readonly below = new CommitScopedCache<string[]>(this.database);

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly former: RowHistory,
  ) {}

  /** A page of areas; a search finds them by a former name too. 400 for an unknown sort. */
  list(query: AreaListDto) {
    const orderBy = orderOf(query.sort, SORT, 'natural_key(a."name"), a."id"');
    const params = new Params();
    const today = params.add(this.clock.today());
    const conditions = ['TRUE'];
    if (query.kind) conditions.push(`a."kind" = ${params.add(query.kind)}`);
    if (query.parent) {
      const parent = params.add(query.parent);
      conditions.push(
        `EXISTS (SELECT 1 FROM "area_parents" p WHERE p."areaId" = a."id" AND p."parentId" = ${parent} AND ${inForce('p', today)})`,
      );
    }
    if (query.q) {
      const now = this.database.dialect.contains(['a."name"', 'a."code"'], query.q, params);
      const before = this.database.dialect.contains(['n."name"'], query.q, params);
      conditions.push(`(${now} OR EXISTS (SELECT 1 FROM "area_names" n WHERE n."areaId" = a."id" AND ${before}))`);
    }
    const select = columns(this.database.reader, today);
    return pageOf<AreaView>(
      this.database.reader,
      { select, from: '"areas" a', where: conditions.join(' AND '), orderBy, params, shape: SHAPE },
      query,
    );
  }

  /** Adds an area. 409 if its code or name is taken, or for a second municipality; 400 without an existing parent. */
  create(input: CreateAreaDto, by: Caller): Promise<AreaView> {
    return this.transactions.run(async (manager) => this.read(await this.add(manager, input, by), manager), by.once);
  }

  /** Adds an area in the caller's transaction; returns its id. 409 if the code or the name is taken. */
  async add(manager: EntityManager, { parentId, ...fields }: CreateAreaDto, by: Caller): Promise<string> {
    await lockTree(manager);
    await mustBeFree(manager, fields.name);
    await this.mustFit(manager, fields.kind, parentId);
    const id = newId();
    await manager
      .insert(Area, { id, cbsCode: null, inhabitants: null, contactEmail: null, mergedIntoId: null, ...fields })
      .catch(refuseTakenCode);
    if (parentId) await this.hangNew(manager, { areaId: id, parentId, fromOn: this.clock.today() });
    await this.audit.record(manager, by, 'area.created', { type: 'area', id, areaId: id });
    return id;
  }

  /** Changes an area; renaming keeps the former name, a new parent applies from its first day. */
  change(id: string, input: ChangeAreaDto, version: number, by: Caller): Promise<AreaView> {
    return this.transactions.run(async (manager) => {
      await this.alter(manager, id, input, version, by);
      return this.read(id, manager);
    });
  }

  /** The same in the caller's transaction. */
  async alter(manager: EntityManager, id: string, input: ChangeAreaDto, version: number, by: Caller): Promise<void> {
    const { parentId, parentFromOn = this.clock.today(), ...fields } = input;
    if (parentId || fields.name !== undefined) await lockTree(manager);
    const area = await lockOne(manager, Area, id);
    mustMatch(area, version);
    if (area.mergedIntoId) throw conflict('AREA_MERGED', 'This area was merged into another.');
    if (fields.name !== undefined && fields.name !== area.name) {
      await mustBeFree(manager, fields.name, id);
      const nameId = newId();
      await this.former.keepAbsence(manager, 'area_names', nameId);
      const untilOn = addDays(this.clock.today(), -1);
      await manager.insert(AreaName, { id: nameId, areaId: id, name: area.name, untilOn });
    }
    if (parentId) await this.hang(manager, area, parentId, parentFromOn);
    await updateRow(manager, Area, id, fields);
    await this.audit.record(manager, by, 'area.changed', { type: 'area', id, areaId: id });
  }

  /** The area and everything below it on that day; with `knownAt` (ISO 8601, UTC), as known at that moment. */
  idsBelow(areaId: string, day: string, source: Source = this.database.reader, knownAt?: string): Promise<string[]> {
    const find = () => this.findBelow(source, areaId, day, knownAt);
    return source === this.database.reader && !knownAt ? this.below.get(`${areaId} ${day}`, find) : find();
  }

  /** Every area, merged ones too. */
  everyId(): Promise<string[]> {
    return this.below.get('every', async () =>
      (await rows<{ id: string }>(this.database.reader, 'SELECT "id" FROM "areas"')).map(({ id }) => id),
    );
  }

  private async findBelow(source: Source, areaId: string, day: string, knownAt?: string): Promise<string[]> {
    const params = new Params();
    const past = knownAt && new PointInTime({ asOf: day, knownAt }, params, this.database);
    const parents = past ? past.rows('area_parents') : '"area_parents"';
    const found = await rows<{ id: string }>(
      source,
      `WITH RECURSIVE "tree" ("id") AS (
         SELECT a."id" FROM "areas" a WHERE a."id" = ${params.add(areaId)}
         UNION SELECT p."areaId" FROM "tree" t JOIN ${parents} p ON p."parentId" = t."id" AND ${inForce('p', params.add(day))})
       SELECT "id" FROM "tree"`,
      params.values,
    );
    return found.map(({ id }) => id);
  }

  /** One area; 404 if it does not exist. */
  async read(id: string, source: Source = this.database.reader): Promise<AreaView> {
    const found = await row<AreaView>(
      source,
      `SELECT ${columns(source, '$2')} FROM "areas" a WHERE a."id" = $1`,
      [id, this.clock.today()],
      SHAPE,
    );
    if (!found) throw notFound();
    return found;
  }

  private async mustFit(manager: EntityManager, kind: string, parentId: string | undefined): Promise<void> {
    if (kind === 'municipality') {
      if (parentId) throw invalid([{ field: 'parentId', message: 'the municipality has no parent' }]);
      if (await manager.existsBy(Area, { kind: 'municipality' }))
        throw conflict('ROOT_EXISTS', 'A municipality already exists.');
      return;
    }
    if (!parentId) throw invalid([{ field: 'parentId', message: 'parentId is required' }]);
    if (!(await isCurrentArea(manager, parentId)))
      throw invalid([{ field: 'parentId', message: 'parentId is not an area' }]);
  }

  /** Re-parents an area from a date; runs in the caller's transaction. 409 if that creates a loop. */
  async hang(manager: EntityManager, area: Area, parentId: string, fromOn: string): Promise<void> {
    await this.mustFit(manager, area.kind, parentId);
    if ((await this.idsBelow(area.id, fromOn, manager)).includes(parentId)) {
      throw conflict('AREA_LOOP', 'An area cannot be its own ancestor.');
    }
    const current = await manager.findOneBy(AreaParent, { areaId: area.id, untilOn: IsNull() });
    if (current && current.fromOn > fromOn) {
      throw invalid([{ field: 'parentFromOn', message: `parentFromOn must not be before ${current.fromOn}` }]);
    }
    const isSameDay = current?.fromOn === fromOn;
    if (current) {
      const change = isSameDay ? { parentId } : { untilOn: addDays(fromOn, -1) };
      await this.former.keep(manager, 'area_parents', current.id, change);
      await manager.update(AreaParent, current.id, change);
    }
    if (!isSameDay) await this.hangNew(manager, { areaId: area.id, parentId, fromOn });
  }

  private async hangNew(
    manager: EntityManager,
    place: Pick<AreaParent, 'areaId' | 'parentId' | 'fromOn'>,
  ): Promise<void> {
    const id = newId();
    await this.former.keepAbsence(manager, 'area_parents', id);
    await manager.insert(AreaParent, { id, ...place, untilOn: null });
  }
}

/** Serialises moves and names: two that are valid on their own can create a loop, or one name twice, together. */
export async function lockTree(manager: EntityManager): Promise<void> {
  const root = await manager.findOneBy(Area, { kind: 'municipality' });
  if (root) await lockOne(manager, Area, root.id);
}

/** Two areas never have one name at the same time; that of a merged area is free again, a former name too. */
async function mustBeFree(manager: EntityManager, name: string, ownId = ''): Promise<void> {
  const sql = `SELECT a."id" FROM "areas" a
    WHERE a."mergedIntoId" IS NULL AND ${dialectOf(manager).folded('a."name"')} = $1`;
  const found = await rows<{ id: string }>(manager, sql, [name.toLowerCase()]);
  if (found.some(({ id }) => id !== ownId)) throw conflict('NAME_TAKEN', 'An area with this name already exists.');
}

function refuseTakenCode(error: unknown): never {
  throw isUniqueViolation(error) ? conflict('CODE_TAKEN', 'An area with this code already exists.') : error;
}

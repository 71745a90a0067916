import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { Area } from '../areas/area.entity.js';
import { Areas } from '../areas/areas.service.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { conflict, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { orderOf, pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { Grant } from './grant.entity.js';
import type { ChangeGrantDto, CreateGrantDto, GrantListDto, GrantView } from './grants.dto.js';
import { coveredUntil, overlaps, type Period, violationsInEnd, violationsInNew } from './periods.rules.js';
import { Person } from './person.entity.js';
import { WelcomeMail } from '../welcome/welcome-mail.service.js';
import { mustNotBeMerged, NOT_AN_AREA } from '../areas/current-areas.js';

const SORT = { person: 'natural_key(p."name")', area: 'natural_key(a."name")', role: 'g."role"', fromOn: 'g."fromOn"' };
const COLUMNS = `g."id", g."personId", p."name" AS "personName", g."role", g."areaId", a."name" AS "areaName",
  g."fromOn", g."untilOn", g."version"`;
const FROM = '"grants" g JOIN "people" p ON p."id" = g."personId" JOIN "areas" a ON a."id" = g."areaId"';

/** The roles of people in areas with their periods; changes apply from the next request. */
@Injectable()
export class Grants {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly welcome: WelcomeMail,
  ) {}

  async list(query: GrantListDto) {
    const orderBy = orderOf(query.sort, SORT, 'natural_key(p."name"), g."fromOn", g."id"');
    const params = new Params();
    const conditions = ['TRUE'];
    if (query.person) conditions.push(`g."personId" = ${params.add(query.person)}`);
    if (query.role) conditions.push(`g."role" = ${params.add(query.role)}`);
    if (query.area) {
      const areas = await this.areas.idsBelow(query.area, this.clock.today());
      conditions.push(`g."areaId" IN (${params.list(areas)})`);
    }
    return pageOf<GrantView>(
      this.database.reader,
      { select: COLUMNS, from: FROM, where: conditions.join(' AND '), orderBy, params },
      query,
    );
  }

  /** The areas of which this person is chair, today or later. */
  async chairedBy(personId: string): Promise<GrantView[]> {
    const { items } = await this.list({ person: personId, role: 'chair', page: 1, pageSize: 50, sort: 'area' });
    const today = this.clock.today();
    return items.filter(({ untilOn }) => untilOn === null || untilOn >= today);
  }

  /** One grant; 404 if it does not exist. */
  read(id: string): Promise<GrantView> {
    return view(this.database.reader, id);
  }

  create(input: CreateGrantDto, by: Caller): Promise<GrantView> {
    return this.transactions.run(async (manager) => {
      await mustNotBeMerged(manager, input.areaId);
      return view(manager, await this.add(manager, input, by));
    }, by.once);
  }

  /** Grants a role in the caller's transaction; returns the id of the grant. */
  async add(manager: EntityManager, input: CreateGrantDto, by: Caller): Promise<string> {
    const { fromOn = this.clock.today(), untilOn = null } = input;
    const grant = { ...input, id: newId(), fromOn, untilOn, version: 1 };
    await mustFit(manager, grant);
    await lockOne(manager, Person, grant.personId);
    await mustBeOnlyOne(manager, grant);
    await manager.insert(Grant, { ...grant });
    await this.audit.record(manager, by, 'grant.created', { type: 'grant', id: grant.id, areaId: grant.areaId });
    await this.welcome.planForGrant(manager, grant);
    return grant.id;
  }

  /** Sets or clears the last day of a grant; takes effect from the next request. */
  change(id: string, input: ChangeGrantDto, version: number, by: Caller): Promise<GrantView> {
    return this.transactions.run(async (manager) => {
      await this.alter(manager, id, input, version, by);
      return view(manager, id);
    });
  }

  /** The same in the caller's transaction. */
  async alter(
    manager: EntityManager,
    id: string,
    { untilOn }: ChangeGrantDto,
    version: number,
    by: Caller,
  ): Promise<void> {
    const grant = await lockOne(manager, Grant, id);
    mustMatch(grant, version);
    const after = untilOn === undefined ? grant : { ...grant, untilOn };
    const violations = violationsInEnd(after);
    if (violations.length > 0) throw invalid(violations);
    await lockOne(manager, Person, grant.personId);
    await mustBeOnlyOne(manager, after);
    const end = () => updateRow(manager, Grant, id, { untilOn: after.untilOn });
    await (grant.role === 'admin' ? this.keepingAdministrators(manager, end) : end());
    await this.audit.record(manager, by, 'grant.changed', { type: 'grant', id, areaId: grant.areaId });
  }

  /**
   * Runs work that may end an administrator's role. 409 if it would leave a future day without an administrator (an
   * active person with that role) that had one before.
   */
  async keepingAdministrators(manager: EntityManager, work: () => Promise<unknown>): Promise<void> {
    // Otherwise two administrators could remove each other at the same moment.
    await dialectOf(manager).holdName(manager, 'administrators');
    const before = await this.administeredUntil(manager);
    await work();
    const after = await this.administeredUntil(manager);
    if (after !== null && (before === null || after < before))
      throw conflict(
        'LAST_ADMINISTRATOR',
        'This would leave no administrator from some day on. Appoint another one first, without a last day.',
      );
  }

  private async administeredUntil(manager: EntityManager): Promise<string | null> {
    const sql = `SELECT g."fromOn", g."untilOn" FROM "grants" g JOIN "people" p ON p."id" = g."personId"
      WHERE g."role" = 'admin' AND p."active"`;
    return coveredUntil(await rows<Period>(manager, sql), this.clock.today());
  }
}

async function view(source: Source, id: string): Promise<GrantView> {
  const found = await row<GrantView>(source, `SELECT ${COLUMNS} FROM ${FROM} WHERE g."id" = $1`, [id]);
  if (!found) throw notFound();
  return found;
}

/**
 * 400 if it refers to something that does not exist, ends before it starts, or makes an administrator of only part of
 * the municipality.
 */
async function mustFit(manager: EntityManager, grant: Grant): Promise<void> {
  const violations = violationsInNew(grant);
  if (!(await manager.existsBy(Person, { id: grant.personId })))
    violations.push({ field: 'personId', message: 'personId is not a person' });
  const area = await manager.findOneBy(Area, { id: grant.areaId });
  if (!area) violations.push(NOT_AN_AREA);
  if (area && grant.role === 'admin' && area.kind !== 'municipality')
    violations.push({ field: 'areaId', message: 'areaId must be the municipality for an administrator' });
  if (violations.length > 0) throw invalid(violations);
}

async function mustBeOnlyOne(manager: EntityManager, grant: Grant): Promise<void> {
  const { id, personId, role, areaId } = grant;
  const others = await manager.findBy(Grant, { personId, role, areaId });
  if (others.some((other) => other.id !== id && overlaps(other, grant)))
    throw conflict('GRANT_EXISTS', 'This person already has this role in this area during that period.');
}

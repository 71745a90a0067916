import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { ownOrganisation } from '../../platform/access/own-organisation.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { mapPage, type PagingDto } from '../../platform/common/paging.js';
import { type FieldError, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { orderOf, pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { insertAll, updateRow } from '../../platform/database/writes.js';
import { isInvited } from '../goals.access.js';
import type { AddLineDto, PartyLineView } from '../party-lines.dto.js';
import { PartyLines } from '../party-lines.service.js';
import { Opgave } from './opgave.entity.js';
import { OpgaveDepartment } from './opgave-department.entity.js';
import type { ChangeOpgaveDto, CreateOpgaveDto, DepartmentDto, OpgaveListDto, OpgaveView } from './opgaven.dto.js';
import { confirmationAfter, departmentViolations } from './opgaven.rules.js';
import { isCurrentArea, NOT_AN_AREA } from '../../directory/areas/current-areas.js';

/** The people an opgave names. */
const PEOPLE: readonly ('bestuurderId' | 'procesregisseurId')[] = ['bestuurderId', 'procesregisseurId'];
const SORT = { title: 'natural_key(g."title")', startsOn: 'g."startsOn"', endsOn: 'g."endsOn"' };
const FROM = `"opgaven" g JOIN "areas" a ON a."id" = g."areaId" JOIN "people" b ON b."id" = g."bestuurderId"
  JOIN "people" p ON p."id" = g."procesregisseurId"`;

type OpgaveRow = Omit<OpgaveView, 'bestuurder' | 'procesregisseur' | 'isConfirmed'> & {
  bestuurderId: string;
  bestuurderName: string;
  bestuurderActive: boolean;
  procesregisseurId: string;
  procesregisseurName: string;
  procesregisseurActive: boolean;
};

const columns = (source: Source): string => {
  const departments = dialectOf(source).jsonObjects(
    {
      organisationId: 'd."organisationId"',
      organisationName: 'o."name"',
      isLead: 'd."isLead"',
      part: 'd."part"',
      confirmedOn: 'd."confirmedOn"',
    },
    'o."name"',
  );
  return `g."id", g."areaId", a."name" AS "areaName", g."title", g."description", g."origin", g."bestuurderId",
    b."name" AS "bestuurderName", b."active" AS "bestuurderActive", g."procesregisseurId", p."name" AS "procesregisseurName",
    p."active" AS "procesregisseurActive", g."startsOn", g."endsOn",
    g."version", (SELECT ${departments} FROM "opgave_departments" d JOIN "organisations" o ON o."id" = d."organisationId"
      WHERE d."opgaveId" = g."id") AS "departments"`;
};
const SHAPE = { departments: 'json', bestuurderActive: 'boolean', procesregisseurActive: 'boolean' } as const;

@Injectable()
export class Opgaven {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly partyLines: PartyLines,
    private readonly former: RowHistory,
  ) {}

  async list(query: OpgaveListDto) {
    const orderBy = orderOf(query.sort, SORT, 'natural_key(g."title"), g."id"');
    const params = new Params();
    const conditions = ['TRUE'];
    if (query.q) conditions.push(this.database.dialect.contains(['g."title"'], query.q, params));
    if (query.organisation) {
      conditions.push(
        `EXISTS (SELECT 1 FROM "opgave_departments" d WHERE d."opgaveId" = g."id" AND d."organisationId" = ${params.add(query.organisation)})`,
      );
    }
    const select = columns(this.database.reader);
    const where = conditions.join(' AND ');
    const page = await pageOf<OpgaveRow>(
      this.database.reader,
      { select, from: FROM, where, orderBy, params, shape: SHAPE },
      query,
    );
    return mapPage(page, toView);
  }

  read(id: string): Promise<OpgaveView> {
    return this.view(this.database.reader, id);
  }

  create({ departments, ...input }: CreateOpgaveDto, by: Caller): Promise<OpgaveView> {
    return this.transactions.run(async (manager) => {
      if (!(await isCurrentArea(manager, input.areaId))) throw invalid([NOT_AN_AREA]);
      if (!isPermittedIn(by, 'opgaven.write', input.areaId)) throw forbidden();
      const opgave: Opgave = { description: null, startsOn: null, endsOn: null, ...input, id: newId(), version: 1 };
      await this.mustFit(manager, opgave, PEOPLE, departments);
      await manager.insert(Opgave, { ...opgave });
      await this.place(manager, opgave.id, departments);
      const subject = { type: 'opgave', id: opgave.id, areaId: opgave.areaId };
      await this.audit.record(manager, by, 'opgave.created', subject);
      return this.view(manager, opgave.id);
    }, by.once);
  }

  /**
   * Changes an opgave; a department whose part changes must confirm it again. People who have left stay named until
   * replaced.
   */
  change(id: string, { departments, ...input }: ChangeOpgaveDto, version: number, by: Caller): Promise<OpgaveView> {
    return this.transactions.run(async (manager) => {
      const opgave = await lockOne(manager, Opgave, id);
      if (!isPermittedIn(by, 'opgaven.write', opgave.areaId)) throw forbidden();
      mustMatch(opgave, version);
      const fresh = PEOPLE.filter((field) => input[field] !== undefined && input[field] !== opgave[field]);
      await this.mustFit(manager, { ...opgave, ...input }, fresh, departments);
      await this.former.keep(manager, 'opgaven', id, input);
      await updateRow(manager, Opgave, id, input);
      if (departments) await this.place(manager, id, departments);
      await this.audit.record(manager, by, 'opgave.changed', { type: 'opgave', id, areaId: opgave.areaId });
      return this.view(manager, id);
    });
  }

  /** A department confirms its own part; nobody can do so for another. */
  confirm(id: string, organisationId: string, version: number, by: Caller): Promise<OpgaveView> {
    return this.transactions.run(async (manager) => {
      const opgave = await lockOne(manager, Opgave, id);
      if (!(await manager.existsBy(OpgaveDepartment, { opgaveId: id, organisationId }))) throw notFound();
      if (!by.organisationIds.includes(organisationId)) throw forbidden();
      mustMatch(opgave, version);
      await manager.update(
        OpgaveDepartment,
        { opgaveId: id, organisationId },
        { confirmedOn: this.clock.today(), confirmedById: by.personId },
      );
      await updateRow(manager, Opgave, id);
      await this.audit.record(manager, by, 'opgave.confirmed', { type: 'opgave', id, areaId: opgave.areaId });
      return this.view(manager, id);
    });
  }

  async lines(opgaveId: string, query: PagingDto) {
    await this.view(this.database.reader, opgaveId);
    return this.partyLines.listOf({ opgaveId }, query);
  }

  /** Adds a dated line of a department of the opgave or of a party in its area. */
  addLine(id: string, input: AddLineDto, by: Caller): Promise<PartyLineView> {
    return this.transactions.run(async (manager) => {
      const { areaId } = await lockOne(manager, Opgave, id);
      const organisationId = ownOrganisation(by, input.organisationId);
      const isParty =
        (await isDepartment(manager, id, organisationId)) ||
        (await isInvited(manager, areaId, organisationId, this.clock.today()));
      if (!isParty) throw forbidden();
      const subject = { type: 'opgave', id, areaId };
      return this.partyLines.write(manager, { opgaveId: id }, subject, { ...input, organisationId }, by);
    }, by.once);
  }

  private async place(manager: EntityManager, opgaveId: string, departments: DepartmentDto[]): Promise<void> {
    const before = await manager.findBy(OpgaveDepartment, { opgaveId });
    await manager.delete(OpgaveDepartment, { opgaveId });
    await insertAll(
      manager,
      OpgaveDepartment,
      departments.map(({ organisationId, isLead, part }) => {
        const known = before.find((one) => one.organisationId === organisationId);
        return { opgaveId, organisationId, isLead, part, ...confirmationAfter(known, part) };
      }),
    );
  }

  /** 400 with all violations. Newly named people must be active. */
  private async mustFit(
    manager: EntityManager,
    opgave: Opgave,
    named: typeof PEOPLE,
    departments?: DepartmentDto[],
  ): Promise<void> {
    const errors: FieldError[] = departments ? departmentViolations(departments) : [];
    if (opgave.startsOn && opgave.endsOn && opgave.endsOn <= opgave.startsOn) {
      errors.push({ field: 'endsOn', message: 'endsOn must be after startsOn' });
    }
    const params = new Params();
    const people = await rows<{ id: string }>(
      manager,
      `SELECT p."id" FROM "people" p WHERE p."active" AND p."id" IN (${params.list(named.map((field) => opgave[field]))})`,
      params.values,
    );
    for (const field of named) {
      if (!people.some(({ id }) => id === opgave[field])) {
        errors.push({ field, message: `${field} is not an active person` });
      }
    }
    if (departments) errors.push(...(await strangers(manager, departments)));
    if (errors.length > 0) throw invalid(errors);
  }

  private async view(source: Source, id: string): Promise<OpgaveView> {
    const sql = `SELECT ${columns(source)} FROM ${FROM} WHERE g."id" = $1`;
    const found = await row<OpgaveRow>(source, sql, [id], SHAPE);
    if (!found) throw notFound();
    return toView(found);
  }
}

/** Whether the organisation, or one merged into it, is a department of the opgave. */
async function isDepartment(manager: EntityManager, opgaveId: string, organisationId: string): Promise<boolean> {
  const sql = `SELECT 1 AS "one" FROM "opgave_departments" d JOIN "organisations" o ON o."id" = d."organisationId"
    WHERE d."opgaveId" = $1 AND (o."id" = $2 OR o."mergedIntoId" = $2)`;
  return (await row(manager, sql, [opgaveId, organisationId])) !== undefined;
}

/** Violations for departments that are not organisations of the municipality. */
async function strangers(source: Source, departments: readonly DepartmentDto[]): Promise<FieldError[]> {
  const params = new Params();
  const known = await rows<{ id: string }>(
    source,
    `SELECT o."id" FROM "organisations" o
     WHERE o."kind" = 'municipality' AND o."mergedIntoId" IS NULL AND o."id" IN (${params.list(departments.map(({ organisationId }) => organisationId))})`,
    params.values,
  );
  return departments.flatMap(({ organisationId }, index) =>
    known.some(({ id }) => id === organisationId)
      ? []
      : [{ field: `departments.${index}.organisationId`, message: 'organisationId is not a department' }],
  );
}

function toView(found: OpgaveRow): OpgaveView {
  const { bestuurderId, bestuurderName, bestuurderActive, departments, ...others } = found;
  const { procesregisseurId, procesregisseurName, procesregisseurActive, ...rest } = others;
  return {
    ...rest,
    bestuurder: { id: bestuurderId, name: bestuurderName, isActive: bestuurderActive },
    procesregisseur: { id: procesregisseurId, name: procesregisseurName, isActive: procesregisseurActive },
    departments: departments.map((department) => ({ ...department, isLead: Boolean(department.isLead) })),
    isConfirmed: departments.every(({ confirmedOn }) => confirmedOn !== null),
  };
}

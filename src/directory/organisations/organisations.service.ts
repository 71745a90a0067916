import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { compareNaturally } from '../../platform/spelling/natural-order.js';
import { isUniqueViolation } from '../../platform/common/storage-errors.js';
import { conflict, forbidden, notFound } from '../../platform/common/problems.js';
import { CommitScopedCache } from '../../platform/database/commit-scoped-cache.js';
import { Database } from '../../platform/database/database.js';
import { writeHeld } from '../../platform/common/held-writes.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { orderOf, pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { Organisation } from './organisation.entity.js';
import type {
  ChangeOrganisationDto,
  CreateOrganisationDto,
  OrganisationListDto,
  OrganisationView,
} from './organisations.dto.js';
import { mayChangeOrganisation } from './own.conditions.js';

const SORT = { name: 'natural_key(o."name")', kind: 'o."kind"' };
const COLUMNS = 'o."id", o."name", o."kind", o."aliases", o."mergedIntoId", o."version"';
const SHAPE = shapeOf(Organisation);

interface NamedOrganisation {
  id: string;
  name: string;
}

@Injectable()
export class Organisations {
  private readonly sorted = new CommitScopedCache<readonly NamedOrganisation[]>(this.database);

  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly former: RowHistory,
  ) {}

  /** A page of organisations; a search finds them by an alias too. 400 for an unknown sort. */
  list(query: OrganisationListDto) {
    const orderBy = orderOf(query.sort, SORT, 'natural_key(o."name"), o."id"');
    const params = new Params();
    const conditions = ['TRUE'];
    if (query.kind) conditions.push(`o."kind" = ${params.add(query.kind)}`);
    if (query.q) conditions.push(isCalled(this.database.reader, query.q, params));
    return pageOf<OrganisationView>(
      this.database.reader,
      { select: COLUMNS, from: '"organisations" o', where: conditions.join(' AND '), orderBy, params, shape: SHAPE },
      query,
    );
  }

  /** Every organisation that was not merged into another, by name: for select lists. */
  names(): Promise<readonly NamedOrganisation[]> {
    return this.sorted.get('names', async () => {
      const sql = `SELECT o."id", o."name" FROM "organisations" o WHERE o."mergedIntoId" IS NULL`;
      const found = await rows<NamedOrganisation>(this.database.reader, sql);
      return found.toSorted((one, other) => compareNaturally(one.name, other.name));
    });
  }

  /** One organisation; 404 if it does not exist. */
  read(id: string): Promise<OrganisationView> {
    return organisationView(this.database.reader, id);
  }

  /** Adds an organisation; 409 if the name is taken, ignoring case. */
  create(input: CreateOrganisationDto, by: Caller): Promise<OrganisationView> {
    return this.transactions.run(
      async (manager) => organisationView(manager, await this.add(manager, input, by)),
      by.once,
    );
  }

  /** The same in the caller's transaction; returns the id. */
  async add(manager: EntityManager, input: CreateOrganisationDto, by: Caller): Promise<string> {
    const id = newId();
    await mustBeFree(manager, input.name, id);
    await manager.insert(Organisation, { id, mergedIntoId: null, ...input }).catch(refuseTakenName);
    await this.audit.record(manager, by, 'organisation.created', { type: 'organisation', id });
    return id;
  }

  /** Changes an organisation; 403 for a chair unless it takes part in one of their areas, 409 if it was merged. */
  change(id: string, input: ChangeOrganisationDto, version: number, by: Caller): Promise<OrganisationView> {
    return this.transactions.run(async (manager) => {
      await this.alter(manager, id, input, version, by);
      return organisationView(manager, id);
    });
  }

  /** The same in the caller's transaction. */
  async alter(
    manager: EntityManager,
    id: string,
    input: ChangeOrganisationDto,
    version: number,
    by: Caller,
  ): Promise<void> {
    const organisation = await lockOne(manager, Organisation, id);
    // Which ones the caller has just added, the audit trail says.
    await writeHeld(manager);
    const params = new Params();
    const condition = mayChangeOrganisation(by, 'o."id"', params);
    const own = `SELECT 1 AS "one" FROM "organisations" o WHERE o."id" = ${params.add(id)} AND ${condition}`;
    if (!(await row(manager, own, params.values))) throw forbidden();
    mustMatch(organisation, version);
    if (organisation.mergedIntoId !== null) throw organisationMerged();
    if (input.name !== undefined) await mustBeFree(manager, input.name, id);
    await this.former.keep(manager, 'organisations', id, input);
    await updateRow(manager, Organisation, id, input).catch(refuseTakenName);
    await this.audit.record(manager, by, 'organisation.changed', { type: 'organisation', id });
  }
}

/** The view of one organisation; 404 if it does not exist. */
export async function organisationView(source: Source, id: string): Promise<OrganisationView> {
  const sql = `SELECT ${COLUMNS} FROM "organisations" o WHERE o."id" = $1`;
  const found = await row<OrganisationView>(source, sql, [id], SHAPE);
  if (!found) throw notFound();
  return found;
}

/** SQL for "the name or an alias contains this". */
function isCalled(source: Source, text: string, params: Params): string {
  const dialect = dialectOf(source);
  const name = dialect.contains(['o."name"'], text, params);
  const alias = dialect.contains(['x."value"'], text, params);
  return `(${name} OR EXISTS (SELECT 1 FROM ${dialect.textsOf('o."aliases"', 'x')} WHERE ${alias}))`;
}

async function mustBeFree(manager: EntityManager, name: string, ownId: string): Promise<void> {
  const sql = `SELECT 1 AS "one" FROM "organisations" o WHERE ${dialectOf(manager).folded('o."name"')} = $1 AND o."id" <> $2`;
  if (await row(manager, sql, [name.toLowerCase(), ownId])) throw nameTaken();
}

export const organisationMerged = () => conflict('ORGANISATION_MERGED', 'This organisation was merged into another.');

const nameTaken = () => conflict('NAME_TAKEN', 'An organisation with this name already exists.');

/** Only the database can detect one that somebody else adds at the same moment. */
function refuseTakenName(error: unknown): never {
  throw isUniqueViolation(error) ? nameTaken() : error;
}

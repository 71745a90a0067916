import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { hasReach, permittedAreas } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inPermittedAreas } from '../../platform/access/conditions.js';
import { ACTION_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { mustHaveJustSignedIn } from '../../platform/access/recent-sign-in.js';
import { Area } from '../areas/area.entity.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { isUniqueViolation } from '../../platform/common/problem.filter.js';
import { conflict, type FieldError, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { notEnded, orderOf, pageOf, Params, row, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { AddressNotices } from '../../platform/mail/address-notices.service.js';
import { Contacts } from './contacts.service.js';
import { endFormerAccess } from './former-access.js';
import { Grants } from './grants.service.js';
import { Memberships } from './memberships.service.js';
import { Organisation } from './organisation.entity.js';
import { maySeePerson } from './own.conditions.js';
import type { ChangePersonDto, CreatePersonDto, PersonDetailView, PersonListDto, PersonView } from './people.dto.js';
import { violationsInReplacement, mayChangePerson } from './people.rules.js';
import { Person } from './person.entity.js';
import { standingOf } from './person-relations.js';

const SORT = { name: 'natural_key(p."name")', email: 'natural_key(p."email")' };
const SHAPE = {
  ...shapeOf(Person),
  memberships: 'json',
} as const;
const MEMBERSHIP = {
  id: 'm."id"',
  organisationId: 'm."organisationId"',
  organisationName: 'o."name"',
  function: 'm."function"',
  fromOn: 'm."fromOn"',
  untilOn: 'm."untilOn"',
  version: 'm."version"',
};

const columns = (source: Source): string => `p."id", p."name", p."email", p."active", p."isShared", p."replacementId",
  p."replacementUntilOn", p."digestPausedUntilOn", p."isDigestStopped", p."version",
  (SELECT ${dialectOf(source).jsonObjects(MEMBERSHIP, 'm."fromOn", m."id"')} FROM "memberships" m
   JOIN "organisations" o ON o."id" = m."organisationId" WHERE m."personId" = p."id") AS "memberships"`;

@Injectable()
export class People {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    private readonly contacts: Contacts,
    private readonly grants: Grants,
    private readonly notices: AddressNotices,
  ) {}

  /** People with their addresses: everyone for administrators and chairs, colleagues for partners. */
  list(query: PersonListDto, caller: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'natural_key(p."name"), p."id"');
    const { reader } = this.database;
    const params = new Params();
    const conditions = [maySeePerson(caller, 'p."id"', params)];
    if (query.q) conditions.push(this.database.dialect.contains(['p."name"', 'p."email"'], query.q, params));
    if (query.active !== undefined) conditions.push(query.active ? 'p."active"' : 'NOT p."active"');
    if (query.organisation) {
      conditions.push(
        `EXISTS (SELECT 1 FROM "memberships" f WHERE f."personId" = p."id"
          AND f."organisationId" = ${params.add(query.organisation)} AND ${notEnded('f', params.add(caller.today))})`,
      );
    }
    return pageOf<PersonView>(
      reader,
      { select: columns(reader), from: '"people" p', where: conditions.join(' AND '), orderBy, params, shape: SHAPE },
      query,
    );
  }

  /** One person; 404 if they do not exist or are hidden from the caller. */
  read(id: string, caller: Caller): Promise<PersonDetailView> {
    return view(this.database.reader, id, caller);
  }

  /** Adds a person, optionally with an organisation and an area to be contact for. 409 if the address is taken. */
  create(input: CreatePersonDto, by: Caller): Promise<PersonDetailView> {
    return this.transactions.run(async (manager) => view(manager, await this.add(manager, input, by), by), by.once);
  }

  /** The same in the caller's transaction; returns the id. */
  async add(manager: EntityManager, input: CreatePersonDto, by: Caller): Promise<string> {
    const { organisationId, function: name, contactAreaId, fromOn = this.clock.today(), ...fields } = input;
    if (!organisationId && (name ?? contactAreaId ?? input.fromOn))
      throw invalid([{ field: 'organisationId', message: 'organisationId is required with these fields' }]);
    if (!organisationId && !hasReach(by, 'people.write', 'all') && !hasReach(by, 'people.write', 'areas'))
      throw forbidden();
    const id = newId();
    await mustExist(manager, { organisationId, contactAreaId });
    // Before the membership refers to it: two transactions that both did would deadlock.
    if (organisationId && contactAreaId) await lockOne(manager, Organisation, organisationId);
    await manager.insert(Person, { id, ...fields }).catch(refuseTakenAddress);
    await this.audit.record(manager, by, 'person.created', { type: 'person', id });
    if (organisationId) {
      const membership = { organisationId, function: name, fromOn };
      await this.memberships.add(manager, { personId: id, holdsGrant: false }, membership, by);
    }
    if (organisationId && contactAreaId) {
      const contact = { organisationId, areaId: contactAreaId, personId: id, fromOn, untilOn: null };
      await this.contacts.appoint(manager, contact, by);
    }
    return id;
  }

  /**
   * Changes a person. 403 if the caller may not, 409 if the address is taken or no administrator would be left. A new
   * address decides who receives sign-in mails: changing one on the pages, or one's own anywhere, requires a recent
   * sign-in.
   */
  change(id: string, input: ChangePersonDto, version: number, by: Caller): Promise<PersonDetailView> {
    return this.transactions.run(async (manager) => {
      await this.alter(manager, id, input, version, by);
      return view(manager, id, by);
    });
  }

  /** The same in the caller's transaction. */
  async alter(manager: EntityManager, id: string, input: ChangePersonDto, version: number, by: Caller): Promise<void> {
    const standing = await standingOf(manager, id, by);
    const isAdmin = hasReach(by, 'people.write', 'all');
    if (!isAdmin && !mayChangePerson(standing, Object.keys(input))) throw forbidden();
    const person = await lockOne(manager, Person, id);
    mustMatch(person, version);
    if (person.email === null) throw conflict('PERSON_ERASED', 'This person has been erased; that cannot be undone.');
    const isOtherAddress = input.email !== undefined && input.email !== person.email;
    if (isOtherAddress && (by.how === 'session' || standing.isSelf)) mustHaveJustSignedIn(by, this.clock.now());
    if (isOtherAddress && !standing.isSelf) await endFormerAccess(manager, this.audit, id, this.clock.moment(), by);
    if (isOtherAddress) await this.notices.plan(manager, { id, email: person.email, version });
    const change = input.replacementId === null ? { ...input, replacementUntilOn: null } : input;
    await this.mustBeReplaceable(manager, person, change, by);
    const update = () => updateRow(manager, Person, id, change).catch(refuseTakenAddress);
    const isLeaving = person.active && change.active === false;
    await (isLeaving ? this.grants.keepingAdministrators(manager, update) : update());
    const operation = isLeaving ? 'person.deactivated' : 'person.changed';
    await this.audit.record(manager, by, operation, { type: 'person', id });
  }

  private async mustBeReplaceable(
    manager: EntityManager,
    person: Person,
    change: ChangePersonDto,
    by: Caller,
  ): Promise<void> {
    if (change.replacementId === undefined && change.replacementUntilOn === undefined) return;
    const { id, replacementId, replacementUntilOn } = { ...person, ...change };
    const violations = violationsInReplacement({ id, replacementId, replacementUntilOn }, this.clock.today());
    if (change.replacementId && !(await isThere(manager, change.replacementId, by)))
      violations.push({ field: 'replacementId', message: 'replacementId is not an active person' });
    if (violations.length > 0) throw invalid(violations);
  }
}

async function view(source: Source, id: string, caller: Caller): Promise<PersonDetailView> {
  const params = new Params();
  const visible = maySeePerson(caller, 'p."id"', params);
  const sql = `SELECT ${columns(source)}, ${openActions(caller, params)} AS "openActions"
    FROM "people" p WHERE p."id" = ${params.add(id)} AND ${visible}`;
  const found = await row<PersonDetailView>(source, sql, params.values, SHAPE);
  if (!found) throw notFound();
  return found;
}

/** SQL for the number of unfinished actions of the person that the caller may read by area. */
function openActions(caller: Caller, params: Params): string {
  const areas = permittedAreas(caller, 'actions.read');
  if (areas !== 'all' && areas.length === 0) return 'NULL';
  return `(SELECT count(*) FROM "actions" t WHERE t."ownerPersonId" = p."id" AND t."closedOn" IS NULL AND NOT t."isWithdrawn"
    AND ${inPermittedAreas(caller, 'actions.read', 't."areaId"', params)} AND ${knownTo(caller, 't', ACTION_PARTIES, params)})`;
}

async function isThere(manager: EntityManager, personId: string, by: Caller): Promise<boolean> {
  const params = new Params();
  const visible = maySeePerson(by, 'p."id"', params);
  const sql = `SELECT 1 AS "one" FROM "people" p WHERE p."id" = ${params.add(personId)} AND p."active" AND ${visible}`;
  return (await row(manager, sql, params.values)) !== undefined;
}

async function mustExist(
  manager: EntityManager,
  { organisationId, contactAreaId }: Pick<CreatePersonDto, 'organisationId' | 'contactAreaId'>,
): Promise<void> {
  const violations: FieldError[] = [];
  if (organisationId && !(await manager.existsBy(Organisation, { id: organisationId, mergedIntoId: IsNull() })))
    violations.push({ field: 'organisationId', message: 'organisationId is not an organisation, or has been merged' });
  if (contactAreaId && !(await manager.existsBy(Area, { id: contactAreaId })))
    violations.push({ field: 'contactAreaId', message: 'contactAreaId is not an area' });
  if (violations.length > 0) throw invalid(violations);
}

function refuseTakenAddress(error: unknown): never {
  throw isUniqueViolation(error) ? conflict('EMAIL_TAKEN', 'This e-mail address is already in use.') : error;
}

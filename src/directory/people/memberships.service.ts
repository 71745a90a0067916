import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { hasReach } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import type { PagingDto } from '../../platform/common/paging.js';
import { conflict, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { orderOf, pageOf, Params, row, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { Membership } from './membership.entity.js';
import type { ChangeMembershipDto, CreateMembershipDto, MembershipView } from './memberships.dto.js';
import { isChoosable } from '../organisations/merged.conditions.js';
import { mayAddMember, mayChangeMembership } from './people.rules.js';
import { violationsInEnd, violationsInNew, overlaps, type Period } from './periods.rules.js';
import { Person } from './person.entity.js';
import { mustNotBeErased, standingOf } from './person-relations.js';

const SORT = { fromOn: 'm."fromOn"', organisation: 'natural_key(o."name")' };
const COLUMNS =
  'm."id", m."personId", m."organisationId", o."name" AS "organisationName", m."function", m."fromOn", m."untilOn", m."version"';
const FROM = '"memberships" m JOIN "organisations" o ON o."id" = m."organisationId"';

/** The members of organisations with their functions and periods. */
@Injectable()
export class Memberships {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** All memberships of a person, including ended ones; 404 if the caller may not see the person. */
  async list(personId: string, query: PagingDto, caller: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'm."fromOn", m."id"');
    await standingOf(this.database.reader, personId, caller);
    const params = new Params();
    const where = `m."personId" = ${params.add(personId)}`;
    return pageOf<MembershipView>(this.database.reader, { select: COLUMNS, from: FROM, where, orderBy, params }, query);
  }

  /** One membership; 404 if the caller may not see the person. */
  async read(id: string, caller: Caller): Promise<MembershipView> {
    const membership = await view(this.database.reader, id);
    await standingOf(this.database.reader, membership.personId, caller);
    return membership;
  }

  create(personId: string, input: CreateMembershipDto, by: Caller): Promise<MembershipView> {
    return this.transactions.run(
      async (manager) => view(manager, await this.join(manager, personId, input, by)),
      by.once,
    );
  }

  /** Makes an existing person a member in the caller's transaction; returns the id. 409 `PERSON_ERASED` if the name was erased. */
  async join(manager: EntityManager, personId: string, input: CreateMembershipDto, by: Caller): Promise<string> {
    const { holdsGrant } = await standingOf(manager, personId, by);
    mustNotBeErased(await lockOne(manager, Person, personId));
    return this.add(manager, { personId, holdsGrant }, input, by);
  }

  /**
   * Makes a person a member in the caller's transaction; returns the id. 400 for an unknown organisation, 403 if the
   * caller may not add members to it, 409 if the person is already a member during that period.
   */
  async add(
    manager: EntityManager,
    { personId, holdsGrant }: { personId: string; holdsGrant: boolean },
    { organisationId, function: name, fromOn = this.clock.today(), untilOn }: CreateMembershipDto,
    by: Caller,
  ): Promise<string> {
    await mustBeChoosable(manager, organisationId);
    const isAdmin = hasReach(by, 'people.write', 'all');
    const isChair = hasReach(by, 'people.write', 'areas');
    const isOfOrganisation = by.organisationIds.includes(organisationId);
    if (!isAdmin && !mayAddMember({ holdsGrant }, { isChair, isOfOrganisation })) throw forbidden();
    const membership = {
      id: newId(),
      personId,
      organisationId,
      function: name ?? null,
      fromOn,
      untilOn: untilOn ?? null,
    };
    const violations = violationsInNew(membership);
    if (violations.length > 0) throw invalid(violations);
    await mustBeOnlyOne(manager, membership);
    await manager.insert(Membership, { ...membership });
    await this.audit.record(manager, by, 'membership.created', { type: 'membership', id: membership.id });
    return membership.id;
  }

  change(id: string, input: ChangeMembershipDto, version: number, by: Caller): Promise<MembershipView> {
    return this.transactions.run(async (manager) => {
      await this.alter(manager, id, input, version, by);
      return view(manager, id);
    });
  }

  /** The same in the caller's transaction. */
  async alter(
    manager: EntityManager,
    id: string,
    input: ChangeMembershipDto,
    version: number,
    by: Caller,
  ): Promise<void> {
    const membership = await lockOne(manager, Membership, id);
    const standing = await standingOf(manager, membership.personId, by);
    const isOfOrganisation = by.organisationIds.includes(membership.organisationId);
    const isAdmin = hasReach(by, 'people.write', 'all');
    if (!isAdmin && !mayChangeMembership(standing, isOfOrganisation)) throw forbidden();
    await lockOne(manager, Person, membership.personId);
    mustMatch(membership, version);
    await mustBeChoosable(manager, membership.organisationId);
    const after = { ...membership, ...input };
    const violations = violationsInEnd(after);
    if (violations.length > 0) throw invalid(violations);
    if (input.untilOn !== undefined) await mustBeOnlyOne(manager, after);
    await updateRow(manager, Membership, id, input);
    await this.audit.record(manager, by, 'membership.changed', { type: 'membership', id });
  }
}

async function view(source: Source, id: string): Promise<MembershipView> {
  const found = await row<MembershipView>(source, `SELECT ${COLUMNS} FROM ${FROM} WHERE m."id" = $1`, [id]);
  if (!found) throw notFound();
  return found;
}

async function mustBeChoosable(manager: EntityManager, organisationId: string): Promise<void> {
  if (await isChoosable(manager, organisationId)) return;
  throw invalid([{ field: 'organisationId', message: 'organisationId is not an organisation, or has been merged' }]);
}

/** A person has at most one membership of an organisation at a time. */
async function mustBeOnlyOne(
  manager: EntityManager,
  membership: Period & { id: string; personId: string; organisationId: string },
): Promise<void> {
  const { id, personId, organisationId } = membership;
  const others = await manager.findBy(Membership, { personId, organisationId });
  if (others.some((other) => other.id !== id && overlaps(other, membership)))
    throw conflict('MEMBERSHIP_EXISTS', 'This person is already a member of this organisation during that period.');
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { hasReach } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { mustHaveJustSignedIn } from '../../platform/access/recent-sign-in.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { isUniqueViolation } from '../../platform/common/storage-errors.js';
import { conflict, forbidden, invalid } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { notEnded, orderOf, pageOf, Params, row } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { AddressNotices } from '../../platform/mail/address-notices.service.js';
import { endFormerAccess } from './former-access.js';
import { Grants } from './grants.service.js';
import { maySeePerson } from '../organisations/own.conditions.js';
import type { ChangePersonDto, PersonDetailView, PersonListDto, PersonView } from './people.dto.js';
import { violationsInReplacement, mayChangePerson } from './people.rules.js';
import { Person } from './person.entity.js';
import { mustNotBeErased, standingOf } from './person-relations.js';
import { PERSON_SHAPE, personColumns, personView } from './person-view.js';

const SORT = { name: 'natural_key(p."name")', email: 'natural_key(p."email")' };

@Injectable()
export class People {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
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
      {
        select: personColumns(reader),
        from: '"people" p',
        where: conditions.join(' AND '),
        orderBy,
        params,
        shape: PERSON_SHAPE,
      },
      query,
    );
  }

  /** One person; 404 if they do not exist or are hidden from the caller. */
  read(id: string, caller: Caller): Promise<PersonDetailView> {
    return personView(this.database.reader, id, caller);
  }

  /**
   * Changes a person. 403 if the caller may not, 409 if the address is taken or no administrator would be left. A new
   * address decides who receives sign-in mails: changing one on the pages, or one's own anywhere, requires a recent
   * sign-in.
   */
  change(id: string, input: ChangePersonDto, version: number, by: Caller): Promise<PersonDetailView> {
    return this.transactions.run(async (manager) => {
      await this.alter(manager, id, input, version, by);
      return personView(manager, id, by);
    });
  }

  /** The same in the caller's transaction. */
  async alter(manager: EntityManager, id: string, input: ChangePersonDto, version: number, by: Caller): Promise<void> {
    const standing = await standingOf(manager, id, by);
    const isAdmin = hasReach(by, 'people.write', 'all');
    if (!isAdmin && !mayChangePerson(standing, Object.keys(input))) throw forbidden();
    const person = await lockOne(manager, Person, id);
    mustMatch(person, version);
    mustNotBeErased(person);
    const isOtherAddress = input.email !== undefined && input.email !== person.email;
    if (isOtherAddress && (by.how === 'session' || standing.isSelf)) mustHaveJustSignedIn(by, this.clock.now());
    if (isOtherAddress && !standing.isSelf) await endFormerAccess(manager, this.audit, id, this.clock.moment(), by);
    if (input.email && isOtherAddress)
      await this.notices.plan(manager, { id, email: person.email, version }, input.email);
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

async function isThere(manager: EntityManager, personId: string, by: Caller): Promise<boolean> {
  const params = new Params();
  const visible = maySeePerson(by, 'p."id"', params);
  const sql = `SELECT 1 AS "one" FROM "people" p WHERE p."id" = ${params.add(personId)} AND p."active" AND ${visible}`;
  return (await row(manager, sql, params.values)) !== undefined;
}

export function refuseTakenAddress(error: unknown): never {
  throw isUniqueViolation(error) ? conflict('EMAIL_TAKEN', 'This e-mail address is already in use.') : error;
}

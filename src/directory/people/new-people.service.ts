import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { hasReach } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Area } from '../areas/area.entity.js';
import { mustNotBeMerged } from '../areas/current-areas.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { newId } from '../../platform/common/ids.js';
import { type FieldError, forbidden, invalid } from '../../platform/common/problems.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { Contacts } from './contacts.service.js';
import { Memberships } from './memberships.service.js';
import { Organisation } from '../organisations/organisation.entity.js';
import type { CreatePersonDto, PersonDetailView } from './people.dto.js';
import { refuseTakenAddress } from './people.service.js';
import { Person } from './person.entity.js';
import { personView } from './person-view.js';

/** Adds people, optionally with a membership and an area to be contact for. */
@Injectable()
export class NewPeople {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    private readonly contacts: Contacts,
  ) {}

  /** Adds a person, optionally with an organisation and an area to be contact for. 409 if the address is taken. */
  create(input: CreatePersonDto, by: Caller): Promise<PersonDetailView> {
    return this.transactions.run(async (manager) => {
      if (input.contactAreaId) await mustNotBeMerged(manager, input.contactAreaId, 'contactAreaId');
      return personView(manager, await this.add(manager, input, by), by);
    }, by.once);
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

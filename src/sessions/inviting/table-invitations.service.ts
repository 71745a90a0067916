import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { isMailAddress } from '../../platform/common/input.js';
import { type FieldError, invalid } from '../../platform/common/problems.js';
import { toInput } from '../../platform/common/to-input.js';
import { inForce, row, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Contacts } from '../../directory/people/contacts.service.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { CreateOrganisationDto } from '../../directory/organisations/organisations.dto.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { answersFor } from '../../directory/people/leaving.conditions.js';
import { Memberships } from '../../directory/people/memberships.service.js';
import { NewPeople } from '../../directory/people/new-people.service.js';
import { CreatePersonDto } from '../../directory/people/people.dto.js';
import { Invitations } from '../../meetings/invitations.service.js';
import type { Meeting } from '../../meetings/meeting.entity.js';
import { TableWelcome } from '../../meetings/table-welcome.service.js';
import type { NewPerson } from './new-people.rules.js';
import type { GivenAddress, Place } from './places.rules.js';
import { addressField, mailField } from './table-form.rules.js';

interface TableRequest {
  places: Place[];
  /** By organisation. */
  addresses: ReadonlyMap<string, GivenAddress>;
  newcomers: NewPerson[];
  /** The kind of each new organisation, by its name as typed. */
  kinds: ReadonlyMap<string, string>;
}

/** The code of a violation: this organisation is unknown, so its kind is required. */
const UNKNOWN_ORGANISATION = 'unknown-organisation';
/** The code of a violation: this new person needs an address. */
const NO_ADDRESS = 'no-address';

/** Invites a whole table in one transaction: all or nothing. */
@Injectable()
export class TableInvitations {
  constructor(
    private readonly transactions: Transactions,
    private readonly invitations: Invitations,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
    private readonly newPeople: NewPeople,
    private readonly contacts: Contacts,
    private readonly welcome: TableWelcome,
  ) {}

  /**
   * Adds seats to a table, with the missing addresses and with new people and their organisations. 400 with one
   * violation for the lines of new people (`newcomers`), per address (`addressField`, `NO_ADDRESS`) or organisation
   * (`UNKNOWN_ORGANISATION`). Returns the number of places.
   */
  invite(meetingId: string, wanted: TableRequest, by: Caller): Promise<number> {
    return this.transactions.run(async (manager) => {
      const meeting = await this.invitations.lockMeeting(manager, meetingId, by);
      const places = [...wanted.places];
      for (const place of wanted.places) {
        const given = place.organisationId && wanted.addresses.get(place.organisationId);
        if (given) await this.giveAddress(manager, meeting, place.organisationId!, given, by);
      }
      places.push(...(await this.newPlaces(manager, meeting, wanted, by)));
      if (places.length === 0) throw invalid([{ field: 'newcomers', code: 'nobody', message: 'nobody was chosen' }]);
      for (const { organisationId, personId, role } of places) {
        const input = { role, organisationId: organisationId ?? undefined, personId: personId ?? undefined };
        await this.invitations.add(manager, meeting, input, by);
      }
      await this.welcome.greetTable(manager, meeting, by.today);
      return places.length;
    }, by.once);
  }

  /** Appoints the contact of an organisation at the table, who can then be mailed. */
  nameContact(meetingId: string, organisationId: string, given: GivenAddress, by: Caller): Promise<void> {
    return this.transactions.run(async (manager) => {
      const meeting = await this.invitations.lockMeeting(manager, meetingId, by);
      await this.giveAddress(manager, meeting, organisationId, given, by);
      await this.welcome.greetTable(manager, meeting, by.today);
    });
  }

  private async giveAddress(
    manager: EntityManager,
    { areaId }: Meeting,
    organisationId: string,
    { name, email }: GivenAddress,
    by: Caller,
  ): Promise<void> {
    const sql = 'SELECT "name" FROM "organisations" WHERE "id" = $1';
    const organisation = await row<{ name: string }>(manager, sql, [organisationId]);
    const fields = { name: name || organisation?.name, email, isShared: name === '' };
    const person = readAt(addressField(organisationId), () => toInput(CreatePersonDto, fields));
    await this.personFor(manager, { ...person, organisationId, contactAreaId: areaId }, by);
  }

  private async newPlaces(
    manager: EntityManager,
    meeting: Meeting,
    { newcomers, kinds }: TableRequest,
    by: Caller,
  ): Promise<Place[]> {
    const organisations = await this.organisationsOf(manager, newcomers, kinds, by);
    const places: Place[] = [];
    for (const { name, organisation, email } of newcomers) {
      const organisationId = organisations.get(organisation.toLowerCase())!;
      const person = readAt('newcomers', () => toInput(CreatePersonDto, { name, email }));
      const contactAreaId = (await hasContact(manager, organisationId, by.today)) ? undefined : meeting.areaId;
      const personId = await this.personFor(manager, { ...person, organisationId, contactAreaId }, by);
      places.push({ organisationId, personId, role: 'participant' });
    }
    return places;
  }

  /** The person at this address, who becomes a member of the organisation and its contact in the area; else a new one. */
  private async personFor(manager: EntityManager, person: CreatePersonDto, by: Caller): Promise<string> {
    const { email, organisationId, contactAreaId } = person;
    const sql = 'SELECT "id" FROM "people" WHERE "email" = $1 AND "active"';
    const known = await row<{ id: string }>(manager, sql, [email]);
    if (!known || !organisationId) return this.newPeople.add(manager, person, by);
    if (!(await isMember(manager, known.id, organisationId, by.today)))
      await this.memberships.join(manager, known.id, { organisationId }, by);
    if (contactAreaId) {
      const contact = { organisationId, areaId: contactAreaId, personId: known.id, fromOn: by.today, untilOn: null };
      await this.contacts.appoint(manager, contact, by);
    }
    return known.id;
  }

  /** The ids by folded name; unknown organisations are added if their kind was given, and everybody has an address. */
  private async organisationsOf(
    manager: EntityManager,
    newcomers: readonly NewPerson[],
    kinds: ReadonlyMap<string, string>,
    by: Caller,
  ): Promise<Map<string, string>> {
    const ids = await organisationIds(manager);
    const violations: FieldError[] = newcomers
      .filter(({ email }) => !isMailAddress(email))
      .map((one) => ({ field: mailField(one), code: NO_ADDRESS, message: 'email is missing or not valid' }));
    for (const organisation of new Set(newcomers.map((one) => one.organisation))) {
      if (ids.has(organisation.toLowerCase())) continue;
      const kind = kinds.get(organisation);
      if (kind === undefined) {
        violations.push({ field: organisation, code: UNKNOWN_ORGANISATION, message: 'unknown organisation' });
        continue;
      }
      const input = readAt('newcomers', () => toInput(CreateOrganisationDto, { name: organisation, kind }));
      ids.set(organisation.toLowerCase(), await this.organisations.add(manager, input, by));
    }
    if (violations.length > 0) throw invalid(violations);
    return ids;
  }
}

/** Validates input; any violation is reported for the field it was typed in. */
function readAt<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw invalid([{ field, message: `${field} is not valid` }]);
  }
}

/** The ids of organisations by folded name and alias. */
async function organisationIds(manager: EntityManager): Promise<Map<string, string>> {
  const found = await rows<{ id: string; name: string; aliases: string[] }>(
    manager,
    'SELECT "id", "name", "aliases" FROM "organisations" WHERE "mergedIntoId" IS NULL',
    [],
    shapeOf(Organisation),
  );
  const named = found.map(({ id, name }): [string, string] => [name.toLowerCase(), id]);
  const others = found.flatMap(({ id, aliases }) => aliases.map((one): [string, string] => [one.toLowerCase(), id]));
  return new Map([...others, ...named]);
}

async function isMember(manager: EntityManager, personId: string, organisationId: string, day: string) {
  const sql = `SELECT 1 AS "found" FROM "memberships" m
    WHERE m."personId" = $1 AND m."organisationId" = $2 AND ${inForce('m', '$3')}`;
  return (await row(manager, sql, [personId, organisationId, day])) !== undefined;
}

async function hasContact(manager: EntityManager, organisationId: string, day: string): Promise<boolean> {
  const sql = `SELECT 1 AS "found" FROM "contacts" c WHERE c."organisationId" = $1 AND ${answersFor('c', '$2')}`;
  return (await row(manager, sql, [organisationId, day])) !== undefined;
}

import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { hasReach, permittedAreas } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Area } from '../areas/area.entity.js';
import { Areas } from '../areas/areas.service.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { conflict, type FieldError, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { orderOf, pageOf, Params, row, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { Contact } from './contact.entity.js';
import type { ChangeContactDto, ContactListDto, ContactView, CreateContactDto } from './contacts.dto.js';
import { leftBefore } from './leaving.conditions.js';
import { Organisation } from '../organisations/organisation.entity.js';
import { maySeePerson } from '../organisations/own.conditions.js';
import { violationsInEnd, violationsInNew, overlaps } from './periods.rules.js';
import { mustNotBeMerged, NOT_AN_AREA } from '../areas/current-areas.js';

const SORT = {
  organisation: 'natural_key(o."name")',
  area: 'natural_key(a."name")',
  person: 'natural_key(p."name")',
  fromOn: 'c."fromOn"',
};
const COLUMNS = `c."id", c."organisationId", o."name" AS "organisationName", c."areaId", a."name" AS "areaName",
  c."personId", p."name" AS "personName", c."fromOn", c."untilOn", c."version"`;
const FROM = `"contacts" c JOIN "organisations" o ON o."id" = c."organisationId" JOIN "people" p ON p."id" = c."personId"
  LEFT JOIN "areas" a ON a."id" = c."areaId"`;

const notChoosable = { field: 'organisationId', message: 'organisationId is not an organisation, or has been merged' };

type Appointment = Omit<Contact, 'id' | 'version'>;

/** The contact of an organisation in an area, one person at a time. */
@Injectable()
export class Contacts {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
  ) {}

  async list(query: ContactListDto, caller: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'natural_key(o."name"), natural_key(a."name"), c."fromOn" DESC, c."id"');
    const params = new Params();
    const conditions = [maySeeContact(caller, params)];
    if (query.organisation) conditions.push(`c."organisationId" = ${params.add(query.organisation)}`);
    if (query.person) conditions.push(`c."personId" = ${params.add(query.person)}`);
    if (query.area) {
      const areas = await this.areas.idsBelow(query.area, caller.today);
      conditions.push(`c."areaId" IN (${params.list(areas)})`);
    }
    return pageOf<ContactView>(
      this.database.reader,
      { select: COLUMNS, from: FROM, where: conditions.join(' AND '), orderBy, params },
      query,
    );
  }

  /** One contact; 404 if it does not exist or is hidden from the caller. */
  read(id: string, caller: Caller): Promise<ContactView> {
    return view(this.database.reader, id, caller);
  }

  create(input: CreateContactDto, by: Caller): Promise<ContactView> {
    const { areaId = null, fromOn = this.clock.today(), untilOn = null } = input;
    return this.transactions.run(async (manager) => {
      if (areaId !== null) await mustNotBeMerged(manager, areaId);
      const id = await this.appoint(manager, { ...input, areaId, fromOn, untilOn }, by);
      return view(manager, id, by);
    }, by.once);
  }

  /**
   * Appoints a contact in the caller's transaction; returns the id. The current contact ends the day before. 409 if
   * another one starts on that day or later.
   */
  async appoint(manager: EntityManager, contact: Appointment, by: Caller): Promise<string> {
    const violations = [...violationsInNew(contact), ...(await unknownIn(manager, contact, by))];
    if (violations.length > 0) throw invalid(violations);
    await mustAnswerFor(manager, contact, by);
    const { mergedIntoId } = await lockOne(manager, Organisation, contact.organisationId);
    if (mergedIntoId !== null) throw invalid([notChoosable]);
    const { areaId, fromOn } = contact;
    const ended: string[] = [];
    for (const other of await othersOf(manager, contact)) {
      if (!overlaps(other, contact)) continue;
      if (other.fromOn >= fromOn) throw contactExists(other);
      await updateRow(manager, Contact, other.id, { untilOn: addDays(fromOn, -1) });
      ended.push(other.id);
    }
    const id = newId();
    await manager.insert(Contact, { id, ...contact });
    // Last, because writing to the trail takes a lock: the insert may be waiting for somebody who is changing the person or the
    // area, and who needs that lock.
    await this.audit.recordAll(manager, by, [
      ...ended.map((one) => ({ operation: 'contact.changed' as const, subject: { type: 'contact', id: one, areaId } })),
      { operation: 'contact.created', subject: { type: 'contact', id, areaId } },
    ]);
    return id;
  }

  change(id: string, input: ChangeContactDto, version: number, by: Caller): Promise<ContactView> {
    return this.transactions.run(async (manager) => {
      await this.alter(manager, id, input, version, by);
      return view(manager, id, by);
    });
  }

  /** The same in the caller's transaction. */
  async alter(
    manager: EntityManager,
    id: string,
    { untilOn }: ChangeContactDto,
    version: number,
    by: Caller,
  ): Promise<void> {
    const { organisationId } = await view(manager, id, by);
    const { mergedIntoId } = await lockOne(manager, Organisation, organisationId);
    const contact = await lockOne(manager, Contact, id);
    await mustAnswerFor(manager, contact, by);
    mustMatch(contact, version);
    const after = untilOn === undefined ? contact : { ...contact, untilOn };
    const violations = violationsInEnd(after);
    if (mergedIntoId !== null) violations.push(notChoosable);
    if (violations.length > 0) throw invalid(violations);
    const others = await othersOf(manager, contact);
    const other = others.find((one) => one.id !== id && overlaps(one, after));
    if (other) throw contactExists(other);
    await updateRow(manager, Contact, id, { untilOn: after.untilOn });
    await this.audit.record(manager, by, 'contact.changed', { type: 'contact', id, areaId: contact.areaId });
  }
}

/** SQL for "a contact the caller may see": every contact, or the caller's own and those of their organisations. */
export function maySeeContact(caller: Caller, params: Params): string {
  if (hasReach(caller, 'contacts.read', 'all')) return 'TRUE';
  const organisations = params.list(caller.organisationIds);
  return `(c."organisationId" IN (${organisations}) OR c."personId" = ${params.add(caller.personId)})`;
}

async function view(source: Source, id: string, caller: Caller): Promise<ContactView> {
  const params = new Params();
  const visible = maySeeContact(caller, params);
  const sql = `SELECT ${COLUMNS} FROM ${FROM} WHERE c."id" = ${params.add(id)} AND ${visible}`;
  const found = await row<ContactView>(source, sql, params.values);
  if (!found) throw notFound();
  return found;
}

const othersOf = (manager: EntityManager, { organisationId, areaId }: Pick<Contact, 'organisationId' | 'areaId'>) =>
  manager.find(Contact, { where: { organisationId, areaId: areaId ?? IsNull() }, order: { fromOn: 'ASC' } });

const contactExists = ({ fromOn }: Contact) =>
  conflict('CONTACT_EXISTS', `Another contact of this organisation in this area starts on ${fromOn}.`);

/** References of the appointment that do not exist or are hidden from the caller. */
async function unknownIn(manager: EntityManager, contact: Appointment, by: Caller): Promise<FieldError[]> {
  const violations: FieldError[] = [];
  if (!(await manager.existsBy(Organisation, { id: contact.organisationId }))) violations.push(notChoosable);
  if (contact.areaId !== null && !(await manager.existsBy(Area, { id: contact.areaId }))) violations.push(NOT_AN_AREA);
  const params = new Params();
  const visible = maySeePerson(by, 'p."id"', params);
  const person = `SELECT 1 AS "one" FROM "people" p WHERE p."id" = ${params.add(contact.personId)} AND p."active" AND ${visible}`;
  if (!(await row(manager, person, params.values)))
    violations.push({ field: 'personId', message: 'personId is not an active person' });
  else if (await leftBefore(manager, contact, by.today))
    violations.push({ field: 'personId', message: 'personId has left this organisation' });
  return violations;
}

/**
 * 403 unless the caller may appoint this contact: administrators anywhere, chairs in their areas and, with a grant for
 * the whole municipality, the general contact; partners for their own organisation.
 */
async function mustAnswerFor(
  manager: EntityManager,
  { organisationId, areaId }: Pick<Contact, 'organisationId' | 'areaId'>,
  by: Caller,
): Promise<void> {
  if (hasReach(by, 'contacts.write', 'organisation') && by.organisationIds.includes(organisationId)) return;
  const areas = permittedAreas(by, 'contacts.write');
  if (areas === 'all') return;
  const wanted = areaId ?? (await manager.findOneBy(Area, { kind: 'municipality' }))?.id;
  if (wanted === undefined || !areas.includes(wanted)) throw forbidden();
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { rows } from '../../platform/database/rows.js';
import { ChangeMembershipDto, CreateMembershipDto } from '../../directory/people/memberships.dto.js';
import { Memberships } from '../../directory/people/memberships.service.js';
import { ChangePersonDto, CreatePersonDto } from '../../directory/people/people.dto.js';
import { NewPeople } from '../../directory/people/new-people.service.js';
import { People } from '../../directory/people/people.service.js';
import { type Change, changesBetween, dayOrNothing, periodMeant, yesOrNoCell } from './register-cells.rules.js';
import type { Cells } from './register-columns.rules.js';
import { type AddressedPerson, type NamedOrganisation, organisationIn, personWith } from './register-lookups.js';
import { RowReader } from './row-reader.js';
import type { Done, RowWriter } from './row-writer.js';

/** A row's data on a person and on one organisation they belong to. */
interface ImportRow {
  name: string;
  email: string;
  isShared?: boolean;
  active?: boolean;
  organisation?: NamedOrganisation;
  function: string;
  fromOn?: string;
  untilOn?: string;
}

interface KnownMembership {
  id: string;
  function: string | null;
  fromOn: string;
  untilOn: string | null;
  version: number;
}

/** Person rows, identified by address, with one membership: members of several organisations have several rows. */
@Injectable()
export class PersonRows implements RowWriter {
  constructor(
    private readonly people: People,
    private readonly newPeople: NewPeople,
    private readonly memberships: Memberships,
  ) {}

  async put(manager: EntityManager, cells: Cells, by: Caller, seen: ReadonlyMap<string, number>): Promise<Done> {
    const read = new RowReader(cells);
    const wish: ImportRow = {
      name: read.text('naam'),
      email: read.text('e-mailadres'),
      isShared: read.yesOrNo('gedeelde postbus'),
      active: read.yesOrNo('doet mee'),
      organisation: await organisationIn(manager, read, 'organisatie'),
      function: read.text('functie'),
      fromOn: read.day('vanaf'),
      untilOn: read.day('tot en met'),
    };
    if (read.text('organisatie') === '' && (wish.function || wish.fromOn || wish.untilOn))
      read.refuse('organisatie', 'Vul de organisatie in waar de functie en de dagen bij horen.');
    const known = await personWith(manager, wish.email, by);
    return known ? this.change(manager, read, wish, known, by, seen) : this.add(manager, read, wish, by);
  }

  private async add(manager: EntityManager, read: RowReader, wish: ImportRow, by: Caller): Promise<Done> {
    const { name, email, isShared = false, organisation, fromOn, untilOn } = wish;
    if (wish.active === false) read.refuse('doet mee', 'Een nieuwe persoon doet mee. Laat dit leeg, of vul ja in.');
    if (untilOn && untilOn < (fromOn ?? by.today)) read.refuse('tot en met', 'De laatste dag ligt voor de eerste.');
    const membership = { organisationId: organisation?.id, function: wish.function, fromOn };
    const input = read.input(CreatePersonDto, { name, email, isShared, ...membership });
    const personId = await this.newPeople.add(manager, input, by);
    const changes = changesBetween({}, { ...personCells(wish), ...membershipCells(wish) });
    if (!organisation) return { outcome: 'new', changes, subject: `only ${personId}`, touched: personId };
    const [{ id, version }] = await membershipsOf(manager, personId, organisation.id);
    if (untilOn) await this.memberships.alter(manager, id, { untilOn }, version, by);
    return { outcome: 'new', changes, subject: id, touched: personId };
  }

  private async change(
    manager: EntityManager,
    read: RowReader,
    wish: ImportRow,
    known: AddressedPerson,
    by: Caller,
    seen: ReadonlyMap<string, number>,
  ): Promise<Done> {
    const { name, isShared, active } = wish;
    const changes = changesBetween(personCells(known), personCells(wish));
    const before = seen.get(known.id);
    if (before !== undefined)
      for (const { column } of changes) read.refuse(column, `Op regel ${before} staat iets anders over deze persoon.`);
    const asked = new Set(changes.map(({ column }) => column));
    const input = read.input(ChangePersonDto, {
      ...(asked.has('naam') && { name }),
      ...(asked.has('gedeelde postbus') && { isShared }),
      ...(asked.has('doet mee') && { active }),
    });
    if (changes.length > 0) await this.people.alter(manager, known.id, input, known.version, by);
    const place = await this.place(manager, read, wish, known.id, by);
    const all = [...changes, ...place.changes];
    return {
      outcome: all.length > 0 ? 'changed' : 'unchanged',
      changes: all,
      subject: place.subject,
      touched: known.id,
    };
  }

  /** Makes a known person a member of the row's organisation, or changes the membership it refers to. */
  private async place(manager: EntityManager, read: RowReader, wish: ImportRow, personId: string, by: Caller) {
    const { organisation, fromOn, untilOn } = wish;
    if (!organisation) return { subject: `only ${personId}`, changes: [] as Change[] };
    const known = periodMeant(await membershipsOf(manager, personId, organisation.id), fromOn, by.today);
    if (!known) {
      const fields = { organisationId: organisation.id, function: wish.function, fromOn, untilOn };
      const subject = await this.memberships.join(manager, personId, read.input(CreateMembershipDto, fields), by);
      return { subject, changes: changesBetween({}, membershipCells(wish)) };
    }
    const { functie, 'tot en met': until } = membershipCells(wish);
    const before = { functie: known.function ?? '', 'tot en met': dayOrNothing(known.untilOn) };
    const changes = changesBetween(before, { functie, 'tot en met': until });
    const asked = new Set(changes.map(({ column }) => column));
    const input = read.input(ChangeMembershipDto, {
      ...(asked.has('functie') && { function: wish.function }),
      ...(asked.has('tot en met') && { untilOn }),
    });
    if (changes.length > 0) await this.memberships.alter(manager, known.id, input, known.version, by);
    return { subject: known.id, changes };
  }
}

const personCells = ({ name, isShared, active }: Pick<ImportRow, 'name' | 'isShared' | 'active'>): Cells => ({
  naam: name,
  'gedeelde postbus': yesOrNoCell(isShared),
  'doet mee': yesOrNoCell(active),
});

const membershipCells = ({ organisation, function: name, fromOn, untilOn }: ImportRow): Cells => ({
  organisatie: organisation?.name,
  functie: name,
  vanaf: dayOrNothing(fromOn),
  'tot en met': dayOrNothing(untilOn),
});

const membershipsOf = (manager: EntityManager, personId: string, organisationId: string): Promise<KnownMembership[]> =>
  rows<KnownMembership>(
    manager,
    `SELECT m."id", m."function", m."fromOn", m."untilOn", m."version" FROM "memberships" m
     WHERE m."personId" = $1 AND m."organisationId" = $2 ORDER BY m."fromOn", m."id"`,
    [personId, organisationId],
  );

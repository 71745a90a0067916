import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { Params, row, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Person } from '../../directory/people/person.entity.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { maySeePerson } from '../../directory/organisations/own.conditions.js';
import type { RegisterColumn } from './register-columns.rules.js';
import type { RowReader } from './row-reader.js';

/** Of areas only: what an area belongs to can be in the same file. */
const EARLIER = 'Staat het in dit bestand? Dan moet het op een eerdere regel.';
const ANOTHER_AREA = 'Schrijf de code of de naam van een gebied dat er is.';

export interface NamedArea {
  id: string;
  name: string;
  code: string;
}

/** The area a cell refers to by its code or, if unique, its name. Refuses the cell otherwise. */
export async function areaIn(
  manager: EntityManager,
  read: RowReader,
  column: RegisterColumn,
): Promise<NamedArea | undefined> {
  const text = read.text(column);
  if (text === '') return undefined;
  const found = await rows<NamedArea>(
    manager,
    `SELECT a."id", a."name", a."code" FROM "areas" a
     WHERE a."mergedIntoId" IS NULL AND (a."code" = $1 OR ${dialectOf(manager).folded('a."name"')} = $2)`,
    [text.toUpperCase(), text.toLowerCase()],
  );
  const byCode = found.find(({ code }) => code === text.toUpperCase());
  if (byCode || found.length === 1) return byCode ?? found[0];
  if (found.length === 0)
    read.refuse(column, `Het gebied "${text}" is er niet. ${column === 'valt onder' ? EARLIER : ANOTHER_AREA}`);
  else read.refuse(column, `Er zijn meer gebieden die "${text}" heten. Schrijf de code.`);
  return undefined;
}

export interface NamedOrganisation {
  id: string;
  name: string;
}

/** The organisation a cell refers to by name, ignoring case, or by a unique alias. Refuses the cell otherwise. */
export async function organisationIn(
  manager: EntityManager,
  read: RowReader,
  column: RegisterColumn,
): Promise<NamedOrganisation | undefined> {
  const text = read.text(column);
  if (text === '') return undefined;
  const select = 'SELECT o."id", o."name", o."aliases" FROM "organisations" o WHERE o."mergedIntoId" IS NULL';
  const byName = `${select} AND ${dialectOf(manager).folded('o."name"')} = $1`;
  const own = await row<NamedOrganisation>(manager, byName, [text.toLowerCase()]);
  if (own) return own;
  const all = await rows<NamedOrganisation & { aliases: string[] }>(manager, select, [], shapeOf(Organisation));
  const found = all.filter(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === text.toLowerCase()));
  if (found.length === 1) return found[0];
  if (found.length === 0)
    read.refuse(column, `De organisatie "${text}" is er niet. Voeg haar eerst toe, bij Organisaties.`);
  else read.refuse(column, `Er zijn meer organisaties die ook "${text}" heten. Schrijf de volle naam.`);
  return undefined;
}

export interface AddressedPerson {
  id: string;
  name: string;
  isShared: boolean;
  active: boolean;
  version: number;
}

/** The person with this address, as far as the caller may know. */
export async function personWith(
  manager: EntityManager,
  address: string,
  by: Caller,
): Promise<AddressedPerson | undefined> {
  const params = new Params();
  const visible = maySeePerson(by, 'p."id"', params);
  return row<AddressedPerson>(
    manager,
    `SELECT p."id", p."name", p."isShared", p."active", p."version" FROM "people" p
     WHERE p."email" = ${params.add(address.toLowerCase())} AND ${visible}`,
    params.values,
    shapeOf(Person),
  );
}

/** The person a cell refers to by address. Refuses the cell otherwise. */
export async function personIn(
  manager: EntityManager,
  read: RowReader,
  by: Caller,
): Promise<AddressedPerson | undefined> {
  const address = read.text('e-mailadres');
  if (address === '') read.refuse('e-mailadres', 'Vul het e-mailadres in.');
  const found = address === '' ? undefined : await personWith(manager, address, by);
  if (address !== '' && !found) read.refuse('e-mailadres', `Niemand hier heeft het adres ${address}.`);
  return found;
}

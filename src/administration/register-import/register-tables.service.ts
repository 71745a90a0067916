import { Injectable } from '@nestjs/common';
import { BudgetTables } from '../../budget/tables/budget-tables.service.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import type { GrantedRole } from '../../platform/access/permissions.js';
import { Area, type AreaKind } from '../../directory/areas/area.entity.js';
import { forbidden } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { inForce, Params, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Person } from '../../directory/people/person.entity.js';
import { maySeeContact } from '../../directory/people/contacts.service.js';
import { AREA_KIND_WORDS, ORGANISATION_KIND_WORDS, ROLE_WORDS } from '../../directory/words.js';
import { Organisation, type OrganisationKind } from '../../directory/organisations/organisation.entity.js';
import { maySeePerson } from '../../directory/organisations/own.conditions.js';
import { dayOrNothing, inhabitantsCell, namesCell, parentsFirst, yesOrNoCell } from './register-cells.rules.js';
import { type Cells, type Register, REGISTER_LAYOUTS } from './register-columns.rules.js';

/** Registers as tables in the columns of the import: an export can be imported unchanged. */
@Injectable()
export class RegisterTables {
  constructor(
    private readonly database: Database,
    private readonly money: BudgetTables,
  ) {}

  /** All rows the caller may know; 403 if they may not fill the register. */
  async of(register: Register, caller: Caller): Promise<Cells[]> {
    if (!isPermitted(caller, REGISTER_LAYOUTS[register].permission)) throw forbidden();
    return this[register](caller);
  }

  private async areas({ today }: Caller): Promise<Cells[]> {
    const found = await rows<AreaRow>(
      this.database.reader,
      `SELECT a."name", a."code", a."kind", a."cbsCode", a."inhabitants", a."contactEmail", q."code" AS "parentCode" FROM "areas" a
       LEFT JOIN "area_parents" p ON p."areaId" = a."id" AND ${inForce('p', '$1')}
       LEFT JOIN "areas" q ON q."id" = p."parentId" WHERE a."mergedIntoId" IS NULL ORDER BY natural_key(a."name"), a."code"`,
      [today],
      shapeOf(Area),
    );
    return parentsFirst(found).map(({ name, code, kind, parentCode, cbsCode, inhabitants, contactEmail }) => ({
      naam: name,
      code,
      soort: AREA_KIND_WORDS[kind],
      'valt onder': parentCode ?? '',
      'cbs-code': cbsCode ?? '',
      inwoners: inhabitantsCell(inhabitants),
      'e-mailadres': contactEmail ?? '',
    }));
  }

  private async organisations(): Promise<Cells[]> {
    const found = await rows<{ name: string; kind: OrganisationKind; aliases: string[] }>(
      this.database.reader,
      'SELECT "name", "kind", "aliases" FROM "organisations" WHERE "mergedIntoId" IS NULL ORDER BY natural_key("name")',
      [],
      shapeOf(Organisation),
    );
    return found.map(({ name, kind, aliases }) => ({
      naam: name,
      soort: ORGANISATION_KIND_WORDS[kind],
      'andere namen': namesCell(aliases),
    }));
  }

  private async people(caller: Caller): Promise<Cells[]> {
    const params = new Params();
    const found = await rows<PersonRow>(
      this.database.reader,
      `SELECT p."name", p."email", p."isShared", p."active", o."name" AS "organisation", m."function", m."fromOn", m."untilOn"
       FROM "people" p LEFT JOIN "memberships" m ON m."personId" = p."id" AND ${wasEver('m')}
       LEFT JOIN "organisations" o ON o."id" = m."organisationId"
       WHERE p."email" IS NOT NULL AND ${maySeePerson(caller, 'p."id"', params)} ORDER BY natural_key(p."name"), p."id", m."fromOn", m."id"`,
      params.values,
      shapeOf(Person),
    );
    return found.map((one) => ({
      naam: one.name,
      'e-mailadres': one.email,
      'gedeelde postbus': yesOrNoCell(one.isShared),
      'doet mee': yesOrNoCell(one.active),
      organisatie: one.organisation ?? '',
      functie: one.function ?? '',
      ...periodCells(one),
    }));
  }

  private async contacts(caller: Caller): Promise<Cells[]> {
    const params = new Params();
    const visible = `${maySeeContact(caller, params)} AND ${maySeePerson(caller, 'p."id"', params)}`;
    const found = await rows<Period & { organisation: string; area: string | null; email: string }>(
      this.database.reader,
      `SELECT o."name" AS "organisation", a."code" AS "area", p."email", c."fromOn", c."untilOn" FROM "contacts" c
       JOIN "organisations" o ON o."id" = c."organisationId" JOIN "people" p ON p."id" = c."personId"
       LEFT JOIN "areas" a ON a."id" = c."areaId" WHERE p."email" IS NOT NULL AND ${wasEver('c')} AND ${visible}
       ORDER BY natural_key(o."name"), a."code", c."fromOn", c."id"`,
      params.values,
    );
    return found.map((one) => ({
      organisatie: one.organisation,
      gebied: one.area ?? '',
      'e-mailadres': one.email,
      ...periodCells(one),
    }));
  }

  private async budgets(caller: Caller): Promise<Cells[]> {
    return (await this.money.budgets(ALL, caller)).rows.map((cells) => ({ ...cells }));
  }

  private async initiatives(caller: Caller): Promise<Cells[]> {
    return (await this.money.initiatives(ALL, caller)).rows.map((cells) => ({ ...cells }));
  }

  private async grants(): Promise<Cells[]> {
    const found = await rows<Period & { email: string; role: GrantedRole; area: string }>(
      this.database.reader,
      `SELECT p."email", g."role", a."code" AS "area", g."fromOn", g."untilOn" FROM "grants" g
       JOIN "people" p ON p."id" = g."personId" JOIN "areas" a ON a."id" = g."areaId"
       WHERE p."email" IS NOT NULL AND ${wasEver('g')} ORDER BY natural_key(p."email"), a."code", g."role", g."fromOn", g."id"`,
    );
    return found.map((one) => ({
      'e-mailadres': one.email,
      rol: ROLE_WORDS[one.role],
      gebied: one.area,
      ...periodCells(one),
    }));
  }
}

const ALL = { page: 1, pageSize: 1 };

interface AreaRow {
  name: string;
  code: string;
  kind: AreaKind;
  cbsCode: string | null;
  contactEmail: string | null;
  inhabitants: Record<string, number> | null;
  parentCode: string | null;
}

interface Period {
  fromOn: string | null;
  untilOn: string | null;
}

interface PersonRow extends Period {
  name: string;
  email: string;
  isShared: boolean;
  active: boolean;
  organisation: string | null;
  function: string | null;
}

/** SQL for "was ever in force": a period that ended before it began was a mistake. */
const wasEver = (alias: string): string => `(${alias}."untilOn" IS NULL OR ${alias}."untilOn" >= ${alias}."fromOn")`;

const periodCells = ({ fromOn, untilOn }: Period): Cells => ({
  vanaf: dayOrNothing(fromOn),
  'tot en met': dayOrNothing(untilOn),
});

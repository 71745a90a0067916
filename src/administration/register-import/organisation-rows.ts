import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { row } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { ORGANISATION_KIND_SYNONYMS, ORGANISATION_KIND_WORDS } from '../../directory/words.js';
import { Organisation, type OrganisationKind } from '../../directory/organisations/organisation.entity.js';
import { ChangeOrganisationDto, CreateOrganisationDto } from '../../directory/organisations/organisations.dto.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { changesBetween, namesCell } from './register-cells.rules.js';
import type { Cells } from './register-columns.rules.js';
import { RowReader } from './row-reader.js';
import type { Done, RowWriter } from './row-writer.js';

interface KnownOrganisation {
  id: string;
  name: string;
  kind: OrganisationKind;
  aliases: string[];
  version: number;
}

/** Organisation rows, identified by name, ignoring case. Aliases given replace the existing ones. */
@Injectable()
export class OrganisationRows implements RowWriter {
  constructor(private readonly organisations: Organisations) {}

  async put(manager: EntityManager, cells: Cells, by: Caller): Promise<Done> {
    const read = new RowReader(cells);
    const name = read.text('naam');
    const kind = read.word('soort', ORGANISATION_KIND_WORDS, ORGANISATION_KIND_SYNONYMS);
    const aliases = read.names('andere namen');
    const after: Cells = {
      naam: name,
      soort: kind && ORGANISATION_KIND_WORDS[kind],
      'andere namen': namesCell(aliases ?? []),
    };
    const known = await knownOrganisation(manager, name);
    if (!known) {
      const input = read.input(CreateOrganisationDto, { name, kind, aliases: aliases ?? [] });
      const id = await this.organisations.add(manager, input, by);
      return { outcome: 'new', changes: changesBetween({}, after), subject: id };
    }
    const before = {
      naam: known.name,
      soort: ORGANISATION_KIND_WORDS[known.kind],
      'andere namen': namesCell(known.aliases),
    };
    const changes = changesBetween(before, after);
    const asked = new Set(changes.map(({ column }) => column));
    const input = read.input(ChangeOrganisationDto, {
      ...(asked.has('naam') && { name }),
      ...(asked.has('soort') && { kind }),
      ...(asked.has('andere namen') && { aliases }),
    });
    if (changes.length > 0) await this.organisations.alter(manager, known.id, input, known.version, by);
    return { outcome: changes.length > 0 ? 'changed' : 'unchanged', changes, subject: known.id };
  }
}

const knownOrganisation = (manager: EntityManager, name: string): Promise<KnownOrganisation | undefined> =>
  row<KnownOrganisation>(
    manager,
    `SELECT o."id", o."name", o."kind", o."aliases", o."version" FROM "organisations" o
     WHERE ${dialectOf(manager).folded('o."name"')} = $1 AND o."mergedIntoId" IS NULL`,
    [name.toLowerCase()],
    shapeOf(Organisation),
  );

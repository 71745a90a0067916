import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { AREA_KIND_WORDS } from '../../directory/words.js';
import { Area, type AreaKind } from '../../directory/areas/area.entity.js';
import { ChangeAreaDto, CreateAreaDto } from '../../directory/areas/areas.dto.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { inForce, row } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { changesBetween, inhabitantsCell } from './register-cells.rules.js';
import type { Cells } from './register-columns.rules.js';
import { areaIn } from './register-lookups.js';
import { RowReader } from './row-reader.js';
import type { Done, RowWriter } from './row-writer.js';

interface KnownArea {
  id: string;
  name: string;
  kind: AreaKind;
  cbsCode: string | null;
  inhabitants: Record<string, number> | null;
  contactEmail: string | null;
  parentCode: string | null;
  version: number;
}

/** Area rows, identified by their code. A new name keeps the former one; a new parent applies from today. */
@Injectable()
export class AreaRows implements RowWriter {
  constructor(private readonly areas: Areas) {}

  async put(manager: EntityManager, cells: Cells, by: Caller): Promise<Done> {
    const read = new RowReader(cells);
    const code = read.text('code').toUpperCase();
    const known = await knownArea(manager, code, by.today);
    const kind = read.word('soort', AREA_KIND_WORDS);
    const parent = await areaIn(manager, read, 'valt onder');
    // Years not mentioned in the cell are unchanged.
    const named = read.inhabitants('inwoners');
    const inhabitants = named && { ...known?.inhabitants, ...named };
    const after: Cells = {
      naam: read.text('naam'),
      ...(known ? {} : { code, soort: kind && AREA_KIND_WORDS[kind] }),
      'valt onder': parent?.code,
      'cbs-code': read.text('cbs-code'),
      inwoners: inhabitantsCell(inhabitants ?? null),
      'e-mailadres': read.text('e-mailadres'),
    };
    const fields = {
      name: after.naam,
      parentId: parent?.id,
      cbsCode: after['cbs-code'],
      inhabitants,
      contactEmail: after['e-mailadres'],
    };
    if (!known) {
      const input = read.input(CreateAreaDto, { ...fields, code, kind });
      const id = await this.areas.add(manager, input, by);
      return { outcome: 'new', changes: changesBetween({}, after), subject: id };
    }
    if (kind && kind !== known.kind)
      read.refuse('soort', `De soort ligt vast: dit is een ${AREA_KIND_WORDS[known.kind]}.`);
    const before = {
      naam: known.name,
      'valt onder': known.parentCode ?? '',
      'cbs-code': known.cbsCode ?? '',
      inwoners: inhabitantsCell(known.inhabitants),
      'e-mailadres': known.contactEmail ?? '',
    };
    const changes = changesBetween(before, after);
    const asked = new Set(changes.map(({ column }) => column));
    const input = read.input(ChangeAreaDto, {
      ...(asked.has('naam') && { name: fields.name }),
      ...(asked.has('valt onder') && { parentId: fields.parentId }),
      ...(asked.has('cbs-code') && { cbsCode: fields.cbsCode }),
      ...(asked.has('inwoners') && { inhabitants }),
      ...(asked.has('e-mailadres') && { contactEmail: fields.contactEmail }),
    });
    if (changes.length > 0) await this.areas.alter(manager, known.id, input, known.version, by);
    return { outcome: changes.length > 0 ? 'changed' : 'unchanged', changes, subject: known.id };
  }
}

const knownArea = (manager: EntityManager, code: string, today: string): Promise<KnownArea | undefined> =>
  row<KnownArea>(
    manager,
    `SELECT a."id", a."name", a."kind", a."cbsCode", a."inhabitants", a."contactEmail", a."version", q."code" AS "parentCode"
     FROM "areas" a LEFT JOIN "area_parents" p ON p."areaId" = a."id" AND ${inForce('p', '$2')}
     LEFT JOIN "areas" q ON q."id" = p."parentId" WHERE a."code" = $1 AND a."mergedIntoId" IS NULL`,
    [code, today],
    shapeOf(Area),
  );

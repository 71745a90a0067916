import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { rows } from '../../platform/database/rows.js';
import { ChangeGrantDto, CreateGrantDto } from '../../directory/people/grants.dto.js';
import { Grants } from '../../directory/people/grants.service.js';
import { ROLE_WORDS } from '../../directory/words.js';
import { changesBetween, dayOrNothing, periodMeant } from './register-cells.rules.js';
import type { Cells } from './register-columns.rules.js';
import { areaIn, personIn } from './register-lookups.js';
import { RowReader } from './row-reader.js';
import type { Done, RowWriter } from './row-writer.js';

interface KnownGrant {
  id: string;
  fromOn: string;
  untilOn: string | null;
  version: number;
}

/** Grant rows: who has which role in which area, with first and last day. */
@Injectable()
export class GrantRows implements RowWriter {
  constructor(private readonly grants: Grants) {}

  async put(manager: EntityManager, cells: Cells, by: Caller): Promise<Done> {
    const read = new RowReader(cells);
    const person = await personIn(manager, read, by);
    const role = read.word('rol', ROLE_WORDS);
    const area = await areaIn(manager, read, 'gebied');
    const [fromOn, untilOn] = [read.day('vanaf'), read.day('tot en met')];
    const fields = { personId: person?.id, role, areaId: area?.id, fromOn, untilOn };
    const input = read.input(CreateGrantDto, fields);
    const known = periodMeant(await grantsOf(manager, input), fromOn, by.today);
    const until = { 'tot en met': dayOrNothing(untilOn) };
    if (known) {
      const changes = changesBetween({ 'tot en met': dayOrNothing(known.untilOn) }, until);
      if (changes.length > 0) {
        await this.grants.alter(manager, known.id, read.input(ChangeGrantDto, { untilOn }), known.version, by);
      }
      return { outcome: changes.length > 0 ? 'changed' : 'unchanged', changes, subject: known.id };
    }
    const subject = await this.grants.add(manager, input, by);
    const after: Cells = {
      'e-mailadres': read.text('e-mailadres').toLowerCase(),
      rol: ROLE_WORDS[input.role],
      gebied: area!.code,
      vanaf: dayOrNothing(fromOn ?? by.today),
      ...until,
    };
    return { outcome: 'new', changes: changesBetween({}, after), subject };
  }
}

const grantsOf = (
  manager: EntityManager,
  { personId, role, areaId }: Pick<CreateGrantDto, 'personId' | 'role' | 'areaId'>,
): Promise<KnownGrant[]> =>
  rows<KnownGrant>(
    manager,
    `SELECT g."id", g."fromOn", g."untilOn", g."version" FROM "grants" g
     WHERE g."personId" = $1 AND g."role" = $2 AND g."areaId" = $3 ORDER BY g."fromOn", g."id"`,
    [personId, role, areaId],
  );

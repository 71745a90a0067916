import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { rows } from '../../platform/database/rows.js';
import { ChangeContactDto, CreateContactDto } from '../../directory/people/contacts.dto.js';
import { Contacts } from '../../directory/people/contacts.service.js';
import { overlaps } from '../../directory/people/periods.rules.js';
import { changesBetween, dayOrNothing, periodMeant } from './register-cells.rules.js';
import type { Cells } from './register-columns.rules.js';
import { areaIn, organisationIn, personIn } from './register-lookups.js';
import { RowReader } from './row-reader.js';
import type { Done, RowWriter } from './row-writer.js';

interface KnownContact {
  id: string;
  personId: string;
  email: string | null;
  fromOn: string;
  untilOn: string | null;
  version: number;
}

/** Contact rows: who answers for an organisation in an area or in general. The previous contact ends the day before. */
@Injectable()
export class ContactRows implements RowWriter {
  constructor(private readonly contacts: Contacts) {}

  async put(manager: EntityManager, cells: Cells, by: Caller): Promise<Done> {
    const read = new RowReader(cells);
    const organisation = await organisationIn(manager, read, 'organisatie');
    const area = await areaIn(manager, read, 'gebied');
    const person = await personIn(manager, read, by);
    const [day, untilOn] = [read.day('vanaf'), read.day('tot en met')];
    const { organisationId, personId } = read.input(CreateContactDto, {
      organisationId: organisation?.id,
      personId: person?.id,
    });
    const areaId = area?.id ?? null;
    const there = await contactsOf(manager, organisationId, areaId);
    const own = there.filter((one) => one.personId === personId);
    const known = periodMeant(own, day, by.today);
    const until = { 'tot en met': dayOrNothing(untilOn) };
    if (known) {
      const changes = changesBetween({ 'tot en met': dayOrNothing(known.untilOn) }, until);
      if (changes.length > 0) {
        const input = read.input(ChangeContactDto, { untilOn });
        await this.contacts.alter(manager, known.id, input, known.version, by);
      }
      return { outcome: changes.length > 0 ? 'changed' : 'unchanged', changes, subject: known.id };
    }
    const fromOn = day ?? by.today;
    const appointment = { organisationId, areaId, personId, fromOn, untilOn: untilOn ?? null };
    const stops = there.find((one) => one.fromOn < fromOn && overlaps(one, appointment));
    const subject = await this.contacts.appoint(manager, appointment, by);
    const after: Cells = {
      organisatie: organisation!.name,
      gebied: area?.code ?? 'alle gebieden',
      'e-mailadres': read.text('e-mailadres').toLowerCase(),
      vanaf: dayOrNothing(fromOn),
      ...until,
    };
    return { outcome: 'new', changes: changesBetween({ 'e-mailadres': stops?.email ?? '' }, after), subject };
  }
}

const contactsOf = (manager: EntityManager, organisationId: string, areaId: string | null): Promise<KnownContact[]> =>
  rows<KnownContact>(
    manager,
    `SELECT c."id", c."personId", p."email", c."fromOn", c."untilOn", c."version" FROM "contacts" c
     JOIN "people" p ON p."id" = c."personId"
     WHERE c."organisationId" = $1 AND ${areaId === null ? 'c."areaId" IS NULL' : 'c."areaId" = $2'}
     ORDER BY c."fromOn", c."id"`,
    areaId === null ? [organisationId] : [organisationId, areaId],
  );

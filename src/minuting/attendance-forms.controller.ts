import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../common/describe.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Requires } from '../access/requires.js';
import { AttendanceLists } from '../attendance/attendance-lists.service.js';
import { CreateAttendanceDto } from '../attendance/attendances.dto.js';
import { Attendances } from '../attendance/attendances.service.js';
import { IdPipe } from '../common/ids.js';
import { CreateOrganisationDto } from '../organisations/organisations.dto.js';
import { Organisations } from '../organisations/organisations.service.js';
import { CreatePersonDto } from '../organisations/people.dto.js';
import { People } from '../organisations/people.service.js';
import { Sessions } from '../meetings/sessions.service.js';
import { type Fields, fieldsOf, toInput } from '../pages/forms.js';
import { CurrentVisit, type Visit } from '../pages/visit.js';
import { changesIn } from './attendance-block.rules.js';
import { NEW_ORGANISATION } from './quick-line.rules.js';
import { SessionForms } from './session-forms.service.js';

/** Who is there: everybody in one form, a guest by name, and somebody nobody knew yet. */
@NotInDocument()
@Controller('vergaderingen/:id')
export class AttendanceFormsController {
  constructor(
    private readonly forms: SessionForms,
    private readonly sessions: Sessions,
    private readonly lists: AttendanceLists,
    private readonly attendances: Attendances,
    private readonly people: People,
    private readonly organisations: Organisations,
  ) {}

  @Post('aanwezigheid')
  @HttpCode(200)
  @Requires('sessions.write')
  record(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    const fields = fieldsOf(body);
    return this.forms.take(visit, caller, id, { form: 'aanwezigheid', at: 'aanwezigheid', fields }, async () => {
      const [{ items }, session] = await Promise.all([this.lists.list(id, caller), this.sessions.read(id, caller)]);
      const versions: Record<string, number> = {};
      const changes = changesIn(fields, items, session.version);
      for (const { key, status, version } of changes) {
        const target = key.slice(2);
        const recorded = key.startsWith('p-')
          ? await this.attendances.put(id, target, { status }, version, caller)
          : await this.attendances.change(target, { status }, version, caller);
        versions[`v-${key}`] = recorded.version!;
      }
      return { notice: 'Opgeslagen: wie er is.', versions };
    });
  }

  @Post('gasten')
  @HttpCode(200)
  @Requires('sessions.write')
  addGuest(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    const fields = fieldsOf(body);
    const filled = { form: 'gast', at: 'aanwezigheid', fields, look: { isAdding: true } };
    return this.forms.take(visit, caller, id, filled, async () => {
      const { guestName = '', organisationId = '', isReplacement } = fields;
      const guest = { guestName: guestName === '' ? '-\n' : guestName, organisationId, status: 'present' };
      const input = toInput(CreateAttendanceDto, {
        ...guest,
        ...(isReplacement === 'true' && { isReplacement: true }),
      });
      await this.attendances.create(id, input, caller);
      return { notice: `Toegevoegd: ${guestName}.` };
    });
  }

  /** A person with an address, of an organisation that is there or is made on the spot; present at once. */
  @Post('personen')
  @HttpCode(200)
  @Requires('people.write')
  addPerson(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    const fields = fieldsOf(body);
    const filled = { form: 'persoon', at: 'aanwezigheid', fields, look: { isAdding: true } };
    return this.forms.take(visit, caller, id, filled, async () => {
      const { areaId, state } = await this.sessions.read(id, caller);
      const { name = '', email = '', function: role = '' } = fields;
      // All that is wrong at once, before an organisation is made for nothing.
      const person = toInput(CreatePersonDto, { name, email, function: role });
      const organisationId = await this.organisationOf(fields, caller);
      const contactAreaId = organisationId && fields.isContact === 'true' ? areaId : undefined;
      const created = await this.people.create({ ...person, organisationId, contactAreaId }, caller);
      if (state === 'open')
        await this.attendances.create(id, { personId: created.id, organisationId, status: 'present' }, caller);
      return { notice: `Toegevoegd: ${name}.` };
    });
  }

  private async organisationOf(fields: Fields, caller: Caller): Promise<string | undefined> {
    const { organisationId = '', newName = '', kind = '' } = fields;
    if (organisationId !== NEW_ORGANISATION) return organisationId || undefined;
    return (await this.organisations.create(toInput(CreateOrganisationDto, { name: newName, kind }), caller)).id;
  }
}

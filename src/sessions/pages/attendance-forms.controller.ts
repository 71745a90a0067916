import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { AttendanceLists } from '../../meetings/attendance/attendance-lists.service.js';
import { CreateAttendanceDto } from '../../meetings/attendance/attendances.dto.js';
import { Attendances } from '../attendance/attendances.service.js';
import { IdPipe } from '../../platform/common/ids.js';
import { CreatePersonDto } from '../../directory/organisations/people.dto.js';
import { Sessions } from '../planning/sessions.service.js';
import { fieldsOf, toInput } from '../../web/forms.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { changesIn } from './attendance-block.rules.js';
import { NEW_ORGANISATION, newOrganisationIn, together } from './new-organisation.js';
import { Newcomers } from './newcomers.service.js';
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
    private readonly newcomers: Newcomers,
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
      const { areaId } = await this.sessions.read(id, caller);
      const { name = '', email = '', function: role = '', organisationId = '', isContact } = fields;
      const [person, organisation] = together(
        () => toInput(CreatePersonDto, { name, email, function: role, organisationId: known(organisationId) }),
        () => newOrganisationIn(organisationId, fields),
      );
      const contactAreaId = organisationId !== '' && isContact === 'true' ? areaId : undefined;
      await this.newcomers.seat(id, { ...person, contactAreaId }, organisation, caller);
      return { notice: `Toegevoegd: ${name}.` };
    });
  }
}

const known = (organisationId: string): string => (organisationId === NEW_ORGANISATION ? '' : organisationId);

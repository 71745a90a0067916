import { AttendanceLists } from '../../meetings/attendance/attendance-lists.service.js';
import { CreateAttendanceDto } from '../../meetings/attendance/attendances.dto.js';
import { Attendances } from '../attendance/attendances.service.js';
import { CreatePersonDto } from '../../directory/people/people.dto.js';
import { Sessions } from '../planning/sessions.service.js';
import { toInput } from '../../web/forms.js';
import { SubmittedForm } from '../../web/page-context.js';
import { FormPost, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { changesIn, clearedIn } from '../desk/attendance-block.rules.js';
import { NEW_ORGANISATION, newOrganisationIn, together } from '../desk/new-organisation.js';
import { AddParticipant } from './add-participant.service.js';
import { SessionForms } from './session-forms.service.js';

/** Attendance: everyone in one form, a guest by name, and a person who is not registered yet. */
@PageController('vergaderingen/:id')
export class AttendanceFormsController {
  constructor(
    private readonly forms: SessionForms,
    private readonly sessions: Sessions,
    private readonly lists: AttendanceLists,
    private readonly attendances: Attendances,
    private readonly addParticipant: AddParticipant,
  ) {}

  @FormPost('aanwezigheid', 'sessions.write')
  async record(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'aanwezigheid');
    const { caller } = form;
    const [{ items }, session] = await Promise.all([this.lists.list(id, caller), this.sessions.read(id, caller)]);
    const versions: Record<string, number> = {};
    const cleared = clearedIn(form.fields, items);
    for (const { key, id: attendanceId, version } of cleared) {
      await this.attendances.remove(attendanceId, version, caller);
      versions[`v-${key}`] = session.version;
    }
    const changes = changesIn(form.fields, items, session.version, (name) => form.values(name));
    for (const { key, version, ...wanted } of changes.filter(
      (one) => !cleared.some(({ key: own }) => own === one.key),
    )) {
      const target = key.slice(2);
      const recorded = key.startsWith('p-')
        ? await this.attendances.put(id, target, wanted, version, caller)
        : await this.attendances.change(target, { status: wanted.status }, version, caller);
      versions[`v-${key}`] = recorded.version!;
    }
    return this.forms.done(
      form,
      id,
      'aanwezigheid',
      cleared.length > 0 ? 'Ongedaan gemaakt: wie er is.' : 'Opgeslagen: wie er is.',
      versions,
    );
  }

  @FormPost('gasten', 'sessions.write')
  async addGuest(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'gast', { isAdding: true });
    const { guestName, organisationId, isReplacement } = form.fields;
    const guest = { guestName, organisationId, status: 'present' };
    const replacing = isReplacement === 'true' ? { isReplacement: true } : {};
    const input = toInput(CreateAttendanceDto, { ...guest, ...replacing }, ['guestName']);
    await this.attendances.create(id, input, form.caller);
    return this.forms.done(form, id, 'aanwezigheid', `Toegevoegd: ${guestName}.`);
  }

  /** A person with an address, of an existing organisation or a new one; immediately recorded as present. */
  @FormPost('personen', 'people.write')
  async addPerson(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'persoon', { isAdding: true });
    const { areaId } = await this.sessions.read(id, form.caller);
    const { name, email, function: role, organisationId = '', isContact } = form.fields;
    const [person, organisation] = together(
      () => toInput(CreatePersonDto, { name, email, function: role, organisationId: known(organisationId) }),
      () => newOrganisationIn(organisationId, form.fields),
    );
    const contactAreaId = organisationId !== '' && isContact === 'true' ? areaId : undefined;
    await this.addParticipant.seat(id, { ...person, contactAreaId }, organisation, form.caller);
    return this.forms.done(form, id, 'aanwezigheid', `Toegevoegd: ${name}.`);
  }
}

const known = (organisationId: string): string => (organisationId === NEW_ORGANISATION ? '' : organisationId);

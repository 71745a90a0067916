import type { Caller } from '../../platform/access/caller.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { FROM, recordForm, type RecordView, UNTIL } from '../../web/records.rules.js';
import { periodWords } from '../../web/words.js';
import { notFound } from '../../platform/common/problems.js';
import { ChangeInvitationDto, CreateInvitationDto, type InvitationView } from '../../meetings/invitations.dto.js';
import { Invitations } from '../../meetings/invitations.service.js';
import { Meetings } from '../../meetings/meetings.service.js';
import type { FieldSpec } from '../../web/fields.rules.js';
import { orNull, type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { cell, tableOf } from '../../web/tables.rules.js';
import { ROLE_AT_TABLE_WORDS } from '../../meetings/words.js';
import { invitationFields } from './meeting-form.rules.js';
import { MEETING_WORDS } from '../words.js';
import { MEETINGS } from './meeting-setup.controller.js';

const MOST = 200;

/** The members of a series: its chairs, the organisations with their people, and those who receive the papers. */
@PageController('overleggen/:id/deelnemers')
export class InvitationPagesController {
  constructor(
    private readonly meetings: Meetings,
    private readonly invitations: Invitations,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'meetings.write')
  async list(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const { caller } = page;
    const meeting = await this.meetings.read(id, caller);
    const { items } = await this.invitations.list(id, { page: 1, pageSize: MOST }, caller);
    const isNow = ({ untilOn }: InvitationView): boolean => untilOn === null || untilOn >= caller.today;
    const now = items.filter(isNow);
    const before = items.filter((one) => !isNow(one));
    const organisations = await this.selectOptions.organisations('Kies een organisatie');
    const specs: FieldSpec[] = [
      {
        ...{ name: 'organisationId', label: 'Organisatie', type: 'choice', options: organisations },
        hint: 'Alleen bij een voorzitter mag dit leeg blijven.',
      },
      ...invitationFields(await this.selectOptions.addresses(caller)),
      FROM,
    ];
    const tableOfThese = (caption: string, these: readonly InvitationView[]) =>
      tableOf(caption, these, {
        Wie: (one) => cell(nameOf(one), `${MEETINGS}/${id}/deelnemers/${one.id}`),
        'Wie er komt': (one) => one.personName ?? (one.organisationId ? 'de contactpersoon' : ''),
        Rol: ({ role }) => ROLE_AT_TABLE_WORDS[role],
        Wanneer: ({ fromOn, untilOn }) => periodWords(fromOn, untilOn),
      });
    const inviting = recordForm(`${MEETINGS}/${id}/deelnemers`, 'Uitnodigen', specs, {}, rejected);
    const view: RecordView = {
      title: 'Wie er aan tafel zit',
      back: { href: `${MEETINGS}/${id}`, label: meeting.name },
      sections: [
        { title: 'Nu', table: tableOfThese('Wie nu is uitgenodigd', now) },
        { title: 'Uitnodigen', form: inviting },
        ...(before.length > 0 ? [{ title: 'Eerder', table: tableOfThese('Wie eerder was uitgenodigd', before) }] : []),
      ],
    };
    return page.showRecord(view, rejected);
  }

  @FormPost('', 'meetings.write')
  async invite(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(MEETING_WORDS, (rejected) => this.list(form, id, rejected));
    const personId = await this.selectOptions.personIdOf(form.fields.personId, form.caller);
    const input = toInput(CreateInvitationDto, { ...form.fields, personId });
    const who = nameOf(await this.invitations.create(id, input, form.caller));
    return form.goOn(`${MEETINGS}/${id}/deelnemers`, `Uitgenodigd: ${who}.`);
  }

  @Page(':invitationId', 'meetings.write')
  async show(
    @CurrentPage() page: PageContext,
    @PathId() id: string,
    @PathId('invitationId') invitationId: string,
    rejected?: RejectedForm,
  ): Promise<string> {
    const one = await this.one(id, invitationId, page.caller);
    const addresses = await this.selectOptions.addresses(page.caller);
    const personId = one.personId ? await this.selectOptions.addressOf(one.personId, page.caller) : '';
    const specs = [...invitationFields(addresses), UNTIL];
    const path = `${MEETINGS}/${id}/deelnemers/${invitationId}`;
    const view = {
      title: nameOf(one),
      back: { href: `${MEETINGS}/${id}/deelnemers`, label: 'Wie er aan tafel zit' },
      form: recordForm(path, 'Opslaan', specs, { ...one, personId }, rejected),
    };
    return page.showRecord(view, rejected);
  }

  @FormPost(':invitationId', 'meetings.write')
  async change(
    @Submitted() form: SubmittedForm,
    @PathId() id: string,
    @PathId('invitationId') invitationId: string,
  ): Promise<string> {
    form.ifRejected(MEETING_WORDS, (rejected) => this.show(form, id, invitationId, rejected));
    await this.one(id, invitationId, form.caller);
    const personId = (await this.selectOptions.personIdOf(form.fields.personId, form.caller)) || null;
    const wanted = { role: form.fields.role, personId, ...orNull(form.fields, 'untilOn') };
    const input = toInput(ChangeInvitationDto, wanted);
    const who = nameOf(await this.invitations.change(invitationId, input, form.version, form.caller));
    return form.goOn(`${MEETINGS}/${id}/deelnemers`, `Opgeslagen: ${who}.`);
  }

  private async one(id: string, invitationId: string, caller: Caller): Promise<InvitationView> {
    const { items } = await this.invitations.list(id, { page: 1, pageSize: MOST }, caller);
    const found = items.find((one) => one.id === invitationId);
    if (!found) throw notFound();
    return found;
  }
}

const nameOf = ({ organisationName, personName }: InvitationView): string => organisationName ?? personName ?? '–';

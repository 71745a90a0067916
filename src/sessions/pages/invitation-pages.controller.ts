import type { Caller } from '../../platform/access/caller.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { FROM, recordForm, UNTIL } from '../../web/records.rules.js';
import { periodWords } from '../../web/words.js';
import { isId } from '../../platform/common/ids.js';
import { notFound } from '../../platform/common/problems.js';
import { ChangeInvitationDto, CreateInvitationDto, type InvitationView } from '../../meetings/invitations.dto.js';
import { Invitations } from '../../meetings/invitations.service.js';
import { Meetings } from '../../meetings/meetings.service.js';
import { type FieldSpec, folded } from '../../web/fields.rules.js';
import { orNull, type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { cell, tableOf } from '../../web/tables.rules.js';
import { ROLE_AT_TABLE_WORDS } from '../../meetings/words.js';
import { invitationFields } from './meeting-form.rules.js';
import { whoComes } from '../inviting/places.rules.js';
import { addressField } from '../inviting/table-form.rules.js';
import { TableInvitations } from '../inviting/table-invitations.service.js';
import { TableScreen } from '../inviting/table-screen.service.js';
import { INVITING_WORDS, MEETING_WORDS, seatWords } from '../words.js';
import { MEETINGS } from './meeting-setup.controller.js';

const MOST = 200;

/** The members of a series: its chairs, the organisations with their people, and those who only receive the papers. */
@PageController('overleggen/:id/deelnemers')
export class InvitationPagesController {
  constructor(
    private readonly meetings: Meetings,
    private readonly invitations: Invitations,
    private readonly selectOptions: SelectOptions,
    private readonly tables: TableInvitations,
    private readonly screen: TableScreen,
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
    const { sitting, unreachable } = await this.screen.reach(id, caller);
    const tableOfThese = (caption: string, these: readonly InvitationView[]) =>
      tableOf(caption, these, {
        Wie: (one) => cell(nameOf(one), `${MEETINGS}/${id}/deelnemers/${one.id}`),
        'Wie er komt': (one) => whoComes(one, caller.today, sitting),
        Rol: ({ role }) => ROLE_AT_TABLE_WORDS[role],
        Wanneer: ({ fromOn, untilOn }) => periodWords(fromOn, untilOn, page.caller.today),
      });
    const isOne = rejected?.fields.organisatie === undefined;
    const inviting = recordForm(`${MEETINGS}/${id}/deelnemers`, 'Opslaan', specs, {}, isOne ? rejected : undefined);
    return page.show('sessions/pages/table', {
      title: 'Wie er aan tafel zit',
      id,
      meetingName: meeting.name,
      problem: rejected?.problem,
      unreachable: unreachable
        .filter(({ organisationId }) => organisationId !== null)
        .map((one) => ({ ...one, typed: typedFor(one.organisationId!, rejected) })),
      now: tableOfThese('Wie er nu aan tafel zit', now),
      before: before.length > 0 ? tableOfThese('Wie er eerder aan tafel zat', before) : null,
      form: folded(inviting, 'Eén partij toevoegen, met rol en eerste dag', rejected !== undefined && isOne),
    });
  }

  @FormPost('', 'meetings.write')
  async invite(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(MEETING_WORDS, (rejected) => this.list(form, id, rejected));
    const personId = await this.selectOptions.personIdOf(form.fields.personId, form.caller);
    const input = toInput(CreateInvitationDto, { ...form.fields, personId });
    const who = nameOf(await this.invitations.create(id, input, form.caller));
    const { unreachable } = await this.screen.reach(id, form.caller);
    const isReached = unreachable.every(({ name }) => name !== who);
    return form.goOn(`${MEETINGS}/${id}/deelnemers`, seatWords(who, isReached));
  }

  /** Shown at the top of the list until it is entered. */
  @FormPost('adres', 'meetings.write')
  async nameContact(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const { organisatie = '', naam = '', adres = '', vergadering = '' } = form.fields;
    const field = addressField(organisatie);
    if (!isId(organisatie)) throw notFound();
    const words = { fields: { [field]: INVITING_WORDS.address } };
    form.ifRejected(words, (rejected) => this.list(form, id, rejected));
    await this.tables.nameContact(id, organisatie, { name: naam, email: adres }, form.caller);
    const back = isId(vergadering) ? `/vergaderingen/${vergadering}#wie-komt` : `${MEETINGS}/${id}/deelnemers`;
    return form.goOn(back, `Opgeslagen: ${adres}.`);
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

/** What was typed for this organisation, and its violations. */
function typedFor(organisationId: string, rejected?: RejectedForm) {
  if (!rejected || rejected.fields.organisatie !== organisationId) return { name: '', email: '', error: null };
  const { naam: name = '', adres: email = '' } = rejected.fields;
  return { name, email, error: rejected.problem.byField[addressField(organisationId)] ?? null };
}

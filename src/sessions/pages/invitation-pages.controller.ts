import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { FROM, UNTIL, VERSION, versionIn } from '../../web/records.rules.js';
import { periodWords } from '../../web/words.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { notFound } from '../../platform/common/problems.js';
import { ChangeInvitationDto, CreateInvitationDto, type InvitationView } from '../../meetings/invitations.dto.js';
import { Invitations } from '../../meetings/invitations.service.js';
import { Meetings } from '../../meetings/meetings.service.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, tableOfRows } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { ROLE_AT_TABLE_WORDS } from '../../meetings/words.js';
import { invitationFields, MEETING_WORDS } from './meeting-form.rules.js';
import { MEETINGS } from './meeting-setup.controller.js';

const MOST = 200;

/** Who sits at the table of a series: its chairs, the organisations with who comes for them, and who gets the papers. */
@NotInDocument()
@Controller('overleggen/:id/deelnemers')
export class InvitationPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly meetings: Meetings,
    private readonly invitations: Invitations,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('meetings.write')
  list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.showAll(visit, caller, id, {});
  }

  @Post()
  @HttpCode(200)
  @Requires('meetings.write')
  async invite(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      MEETING_WORDS,
      async () => {
        const personId = await this.choices.personIdOf(fields.personId ?? '', caller);
        const input = toInput(CreateInvitationDto, { ...fields, personId });
        const who = nameOf(await this.invitations.create(id, input, caller));
        return { path: `${MEETINGS}/${id}/deelnemers`, notice: `Uitgenodigd: ${who}.` };
      },
      (problem) => this.showAll(visit, caller, id, fields, problem),
    );
  }

  @Get(':invitationId')
  @Requires('meetings.write')
  show(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('invitationId', IdPipe) invitationId: string,
  ): Promise<string> {
    return this.showOne(visit, caller, id, invitationId);
  }

  @Post(':invitationId')
  @HttpCode(200)
  @Requires('meetings.write')
  async change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('invitationId', IdPipe) invitationId: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      MEETING_WORDS,
      async () => {
        await this.one(id, invitationId, caller);
        const personId = (await this.choices.personIdOf(fields.personId ?? '', caller)) || null;
        const input = toInput(ChangeInvitationDto, { role: fields.role, personId, untilOn: fields.untilOn || null });
        const who = nameOf(await this.invitations.change(invitationId, input, versionIn(fields), caller));
        return { path: `${MEETINGS}/${id}/deelnemers`, notice: `Opgeslagen: ${who}.` };
      },
      (problem) => this.showOne(visit, caller, id, invitationId, fields, problem),
    );
  }

  private async showAll(visit: Visit, caller: Caller, id: string, values: Fields, problem?: FormProblem) {
    const meeting = await this.meetings.read(id, caller);
    const { items } = await this.invitations.list(id, { page: 1, pageSize: MOST }, caller);
    const [now, before] = [
      items.filter(({ untilOn }) => untilOn === null || untilOn >= caller.today),
      items.filter(({ untilOn }) => untilOn !== null && untilOn < caller.today),
    ];
    const specs: FieldSpec[] = [
      {
        name: 'organisationId',
        label: 'Organisatie',
        type: 'choice',
        options: await this.choices.organisations('Kies een organisatie'),
        hint: 'Alleen bij een voorzitter mag dit leeg blijven.',
      },
      ...invitationFields(await this.choices.addresses(caller)),
      FROM,
    ];
    const row = (one: InvitationView) => [
      cell(nameOf(one), `${MEETINGS}/${id}/deelnemers/${one.id}`),
      cell(one.personName ?? (one.organisationId ? 'de contactpersoon' : '')),
      cell(ROLE_AT_TABLE_WORDS[one.role]),
      cell(periodWords(one.fromOn, one.untilOn)),
    ];
    const head = ['Wie', 'Wie er komt', 'Rol', 'Wanneer'];
    return this.pages.show(visit, 'web/pages/record', {
      title: 'Wie er aan tafel zit',
      back: { href: `${MEETINGS}/${id}`, label: meeting.name },
      problem,
      sections: [
        { title: 'Nu', table: tableOfRows('Wie nu is uitgenodigd', head, now.map(row)) },
        {
          title: 'Uitnodigen',
          form: formOf(`${MEETINGS}/${id}/deelnemers`, 'Uitnodigen', filled(specs, values, problem)),
        },
        ...(before.length > 0
          ? [{ title: 'Eerder', table: tableOfRows('Wie eerder was uitgenodigd', head, before.map(row)) }]
          : []),
      ],
    });
  }

  private async showOne(
    visit: Visit,
    caller: Caller,
    id: string,
    invitationId: string,
    typed?: Fields,
    problem?: FormProblem,
  ): Promise<string> {
    const one = await this.one(id, invitationId, caller);
    const addresses = await this.choices.addresses(caller);
    const personId = one.personId ? await this.choices.addressOf(one.personId, caller) : '';
    const stored = { role: one.role, personId, untilOn: one.untilOn ?? '' };
    const specs = [...invitationFields(addresses), UNTIL, VERSION];
    const values = { ...stored, ...typed, version: String(one.version) };
    return this.pages.show(visit, 'web/pages/record', {
      title: nameOf(one),
      back: { href: `${MEETINGS}/${id}/deelnemers`, label: 'Wie er aan tafel zit' },
      problem,
      form: formOf(`${MEETINGS}/${id}/deelnemers/${invitationId}`, 'Opslaan', filled(specs, values, problem)),
    });
  }

  private async one(id: string, invitationId: string, caller: Caller): Promise<InvitationView> {
    const { items } = await this.invitations.list(id, { page: 1, pageSize: MOST }, caller);
    const found = items.find((one) => one.id === invitationId);
    if (!found) throw notFound();
    return found;
  }
}

const nameOf = ({ organisationName, personName }: InvitationView): string => organisationName ?? personName ?? '–';

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { IdPipe } from '../../platform/common/ids.js';
import { notFound } from '../../platform/common/problems.js';
import { ChangeMembershipDto, CreateMembershipDto } from '../../directory/organisations/memberships.dto.js';
import { Memberships } from '../../directory/organisations/memberships.service.js';
import { People } from '../../directory/organisations/people.service.js';
import { filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { MEMBERSHIP_FIELDS, PERSON_WORDS } from './person-form.rules.js';
import { PEOPLE, PersonPages } from './person-pages.service.js';
import { versionIn } from '../../web/records.rules.js';

/** Which organisations a person belongs to. */
@NotInDocument()
@Controller('beheer/mensen/:id/lidmaatschappen')
export class MembershipPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly people: People,
    private readonly person: PersonPages,
    private readonly memberships: Memberships,
  ) {}

  @Post()
  @HttpCode(200)
  @Requires('people.write')
  async create(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      PERSON_WORDS,
      async () => {
        const { organisationName } = await this.memberships.create(id, toInput(CreateMembershipDto, fields), caller);
        return { path: `${PEOPLE}/${id}`, notice: `Opgeslagen: hoort nu bij ${organisationName}.` };
      },
      async (problem) => {
        const view = await this.person.view(id, caller, { form: 'lidmaatschap', fields, problem });
        return this.pages.show(visit, 'web/pages/record', view);
      },
      (field) => `lid-${field}`,
    );
  }

  @Get(':membershipId')
  @Requires('people.write')
  show(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('membershipId', IdPipe) membershipId: string,
  ): Promise<string> {
    return this.showOne(visit, caller, id, membershipId);
  }

  @Post(':membershipId')
  @HttpCode(200)
  @Requires('people.write')
  async change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('membershipId', IdPipe) membershipId: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      PERSON_WORDS,
      async () => {
        const change = { function: fields.function || null, untilOn: fields.untilOn || null };
        const input = toInput(ChangeMembershipDto, change);
        const { organisationName } = await this.memberships.change(membershipId, input, versionIn(fields), caller);
        return { path: `${PEOPLE}/${id}`, notice: `Opgeslagen: ${organisationName}.` };
      },
      (problem) => this.showOne(visit, caller, id, membershipId, fields, problem),
    );
  }

  private async showOne(
    visit: Visit,
    caller: Caller,
    id: string,
    membershipId: string,
    typed?: Fields,
    problem?: FormProblem,
  ): Promise<string> {
    const [person, membership] = [
      await this.people.read(id, caller),
      await this.memberships.read(membershipId, caller),
    ];
    if (membership.personId !== id) throw notFound();
    const stored = { function: membership.function ?? '', untilOn: membership.untilOn ?? '' };
    const values = { ...stored, ...typed, version: String(membership.version) };
    return this.pages.show(visit, 'web/pages/record', {
      title: `${person.name} bij ${membership.organisationName}`,
      back: { href: `${PEOPLE}/${id}`, label: person.name },
      problem,
      form: formOf(
        `${PEOPLE}/${id}/lidmaatschappen/${membershipId}`,
        'Opslaan',
        filled(MEMBERSHIP_FIELDS, values, problem),
      ),
    });
  }
}

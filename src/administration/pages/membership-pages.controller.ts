import { notFound } from '../../platform/common/problems.js';
import { ChangeMembershipDto, CreateMembershipDto } from '../../directory/people/memberships.dto.js';
import { Memberships } from '../../directory/people/memberships.service.js';
import { People } from '../../directory/people/people.service.js';
import { orNull, type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { MEMBERSHIP_FIELDS } from './person-form.rules.js';
import { PERSON_WORDS } from './forms.words.js';
import { PEOPLE, PersonPages } from './person-pages.service.js';
import { recordForm } from '../../web/records.rules.js';

/** The organisations a person belongs to. */
@PageController('beheer/mensen/:id/lidmaatschappen')
export class MembershipPagesController {
  constructor(
    private readonly people: People,
    private readonly person: PersonPages,
    private readonly memberships: Memberships,
  ) {}

  @FormPost('', 'people.write')
  async create(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected({ ...PERSON_WORDS, idOf: (field) => `lid-${field}` }, async (rejected) =>
      form.showRecord(await this.person.view(id, form, { part: 'lidmaatschap', ...rejected }), rejected),
    );
    const input = toInput(CreateMembershipDto, form.fields);
    const { organisationName } = await this.memberships.create(id, input, form.caller);
    return form.goOn(`${PEOPLE}/${id}`, `Opgeslagen: hoort nu bij ${organisationName}.`);
  }

  @Page(':membershipId', 'people.write')
  async show(
    @CurrentPage() page: PageContext,
    @PathId() id: string,
    @PathId('membershipId') membershipId: string,
    rejected?: RejectedForm,
  ): Promise<string> {
    const person = await this.people.read(id, page.caller);
    const membership = await this.memberships.read(membershipId, page.caller);
    if (membership.personId !== id) throw notFound();
    const path = `${PEOPLE}/${id}/lidmaatschappen/${membershipId}`;
    const view = {
      title: `${person.name} bij ${membership.organisationName}`,
      back: { href: `${PEOPLE}/${id}`, label: person.name },
      form: recordForm(path, 'Opslaan', MEMBERSHIP_FIELDS, membership, rejected),
    };
    return page.showRecord(view, rejected);
  }

  @FormPost(':membershipId', 'people.write')
  async change(
    @Submitted() form: SubmittedForm,
    @PathId() id: string,
    @PathId('membershipId') membershipId: string,
  ): Promise<string> {
    form.ifRejected(PERSON_WORDS, (rejected) => this.show(form, id, membershipId, rejected));
    const input = toInput(ChangeMembershipDto, orNull(form.fields, 'function', 'untilOn'));
    const { organisationName } = await this.memberships.change(membershipId, input, form.version, form.caller);
    return form.goOn(`${PEOPLE}/${id}`, `Opgeslagen: ${organisationName}.`);
  }
}

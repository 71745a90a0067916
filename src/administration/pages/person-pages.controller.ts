import { isPermitted } from '../../platform/access/access.rules.js';
import { isId } from '../../platform/common/ids.js';
import { invalid } from '../../platform/common/problems.js';
import { ChangePersonDto, CreatePersonDto, PersonListDto } from '../../directory/people/people.dto.js';
import { NewPeople } from '../../directory/people/new-people.service.js';
import { People } from '../../directory/people/people.service.js';
import { optionsOf } from '../../web/fields.rules.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { newPersonFields, organisationsOf, toNewPerson, toPersonChange, toReplacement } from './person-form.rules.js';
import { PERSON_WORDS } from './forms.words.js';
import { LeavingPages } from './leaving-pages.service.js';
import { PEOPLE, PersonPages, type RejectedPerson } from './person-pages.service.js';
import { BACK, fillingLink, recordForm } from '../../web/records.rules.js';

@PageController('beheer/mensen')
export class PersonPagesController {
  constructor(
    private readonly people: People,
    private readonly newPeople: NewPeople,
    private readonly person: PersonPages,
    private readonly leavings: LeavingPages,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'people.write')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const found = await this.people.list(toInput(PersonListDto, listQuery(page.query)), page.caller);
    const organisations = await this.selectOptions.organisations('alle');
    const standings = optionsOf({ true: 'wie meedoet', false: 'wie weg is' }, 'iedereen');
    return page.showRegister(found, {
      title: 'Mensen',
      back: BACK,
      add: { href: `${PEOPLE}/nieuw`, label: 'Persoon toevoegen' },
      links: [fillingLink('mensen')],
      search: [
        { name: 'q', label: 'Naam of adres', type: 'line' },
        { name: 'organisation', label: 'Organisatie', type: 'choice', options: organisations },
        { name: 'active', label: 'Wie', type: 'choice', options: standings },
      ],
      columns: {
        Naam: ({ id, name }) => cell(name, `${PEOPLE}/${id}`),
        'E-mailadres': ({ email }) => email,
        Organisatie: ({ name, memberships }) => organisationsOf(name, memberships),
        Stand: ({ active }) => (active ? '' : cell('doet niet meer mee', null, 'neutral')),
      },
      isShort: true,
      empty: 'Er zijn nog geen mensen.',
      emptyHint: 'Voeg toe wie aan tafel zit, of vul iedereen in één keer uit een bestand.',
      nothingFound: 'Niemand gevonden.',
    });
  }

  @Page('nieuw', 'people.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const organisations = await this.selectOptions.organisations('geen, of later');
    const areas = await this.selectOptions.areas('nergens', { caller: page.caller, permission: 'contacts.write' });
    const specs = newPersonFields(organisations, areas);
    const form = recordForm(`${PEOPLE}/nieuw`, 'Persoon toevoegen', specs, {}, rejected);
    const back = { href: PEOPLE, label: 'Alle mensen' };
    return page.showRecord({ title: 'Persoon toevoegen', back, form }, rejected);
  }

  @FormPost('nieuw', 'people.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(PERSON_WORDS, (rejected) => this.fresh(form, rejected));
    const { id, name } = await this.newPeople.create(toInput(CreatePersonDto, toNewPerson(form.fields)), form.caller);
    return form.goOn(`${PEOPLE}/${id}`, `Opgeslagen: ${name}.`);
  }

  @Page(':id', 'people.write')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedPerson): Promise<string> {
    return page.showRecord(await this.person.view(id, page, rejected), rejected);
  }

  @FormPost(':id', 'people.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(PERSON_WORDS, (rejected) => this.show(form, id, { part: 'gegevens', ...rejected }));
    const input = toInput(ChangePersonDto, toPersonChange(form.fields), ['name', 'email']);
    const { name } = await this.people.change(id, input, form.version, form.caller);
    return form.goOn(`${PEOPLE}/${id}`, `Opgeslagen: ${name}.`);
  }

  @FormPost(':id/vervanger', 'people.write')
  async replace(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(PERSON_WORDS, (rejected) => this.show(form, id, { part: 'vervanger', ...rejected }));
    const replacementId = await this.selectOptions.personIdOf(form.fields.replacementId, form.caller);
    const input = toInput(ChangePersonDto, toReplacement(replacementId, form.fields), ['replacementUntilOn']);
    await this.people.change(id, input, form.version, form.caller);
    const notice = replacementId ? 'Opgeslagen: de vervanger krijgt de mail ook.' : 'Opgeslagen: geen vervanger.';
    return form.goOn(`${PEOPLE}/${id}`, notice);
  }

  @Page(':id/afscheid', 'people.write')
  async leave(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    return page.showRecord(await this.leavings.view(id, page.caller, rejected), rejected);
  }

  /** First ends sign-in and mail, then transfers the actions and what the person was contact for, one by one. */
  @FormPost(':id/afscheid', 'people.write')
  async deactivate(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(PERSON_WORDS, (rejected) => this.leave(form, id, rejected));
    const { caller } = form;
    const takerId = await this.selectOptions.personIdOf(form.fields.takerId, caller);
    if (takerId !== '' && (!isId(takerId) || takerId === id))
      throw invalid([{ field: 'takerId', message: 'takerId must be another person' }]);
    const contacts = await this.leavings.contactsOf(id, caller);
    const { name, openActions } = await this.people.change(id, { active: false }, form.version, caller);
    const mayHandOver = openActions !== null && openActions > 0 && isPermitted(caller, 'actions.write');
    const handed = mayHandOver ? await this.leavings.handOver(id, takerId || null, caller) : '';
    const appointed = await this.leavings.appoint(contacts, takerId || null, caller);
    return form.goOn(`${PEOPLE}/${id}`, `${name} doet niet meer mee.${handed}${appointed}`);
  }

  @FormPost(':id/terug', 'people.write')
  async activate(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const { name } = await this.people.change(id, { active: true }, form.version, form.caller);
    return form.goOn(`${PEOPLE}/${id}`, `${name} doet weer mee.`);
  }
}

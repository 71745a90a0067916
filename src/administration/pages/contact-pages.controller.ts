import { ChangeContactDto, ContactListDto, CreateContactDto } from '../../directory/people/contacts.dto.js';
import { Contacts } from '../../directory/people/contacts.service.js';
import { FirstSteps } from '../../web/first-steps.service.js';
import type { FieldSpec } from '../../web/fields.rules.js';
import { orNull, type RejectedForm, toInput } from '../../web/forms.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { BACK, fillingLink, FROM, recordForm, type RecordView, UNTIL } from '../../web/records.rules.js';
import { periodWords } from '../../web/words.js';
import { CONTACT_WORDS } from './forms.words.js';

const PATH = '/beheer/contacten';
const LIST = { href: PATH, label: 'Alle contactpersonen' };
@PageController('beheer/contacten')
export class ContactPagesController {
  constructor(
    private readonly contacts: Contacts,
    private readonly selectOptions: SelectOptions,
    private readonly firstSteps: FirstSteps,
  ) {}

  @Page('', 'contacts.write')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const found = await this.contacts.list(toInput(ContactListDto, listQuery(page.query)), page.caller);
    return page.showRegister(found, {
      title: 'Contactpersonen',
      intro:
        'Wie voor een organisatie antwoord geeft in een gebied. Naar deze mensen gaan de mails over acties zonder vaste persoon. Lid zijn van een organisatie is daarvoor niet genoeg.',
      back: BACK,
      next: await this.firstSteps.next(page),
      add: { href: `${PATH}/nieuw`, label: 'Contactpersoon toevoegen' },
      links: [fillingLink('contacten')],
      search: [
        {
          name: 'organisation',
          label: 'Organisatie',
          type: 'choice',
          options: await this.selectOptions.organisations('alle'),
        },
        { name: 'area', label: 'Gebied', type: 'choice', options: await this.selectOptions.areas('alle') },
      ],
      columns: {
        Wie: ({ id, organisationName, personName }) => cell(`${organisationName}: ${personName}`, `${PATH}/${id}`),
        Waar: ({ areaName }) => areaName ?? 'alle gebieden',
        Wanneer: ({ fromOn, untilOn }) => periodWords(fromOn, untilOn, page.caller.today),
      },
      isShort: true,
      empty: 'Er zijn nog geen contactpersonen.',
      emptyHint: 'Zonder contactpersoon kan een organisatie geen bericht over haar acties krijgen.',
      nothingFound: 'Geen contactpersoon gevonden.',
    });
  }

  @Page('nieuw', 'contacts.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const organisations = await this.selectOptions.organisations('Kies een organisatie');
    const areas = await this.selectOptions.areas('alle gebieden: algemeen contact');
    const addresses = await this.selectOptions.addresses(page.caller);
    const specs: FieldSpec[] = [
      { name: 'organisationId', label: 'Organisatie', type: 'choice', isRequired: true, options: organisations },
      { name: 'areaId', label: 'Gebied', type: 'choice', options: areas },
      { name: 'personId', label: 'E-mailadres van de persoon', type: 'email', isRequired: true, options: addresses },
      { ...FROM, hint: 'Leeg: vandaag. Wie het tot nu toe was, stopt de dag ervoor.' },
      UNTIL,
    ];
    const form = recordForm(`${PATH}/nieuw`, 'Contactpersoon toevoegen', specs, page.query, rejected);
    return page.showRecord({ title: 'Contactpersoon toevoegen', back: LIST, form }, rejected);
  }

  @FormPost('nieuw', 'contacts.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(CONTACT_WORDS, (rejected) => this.fresh(form, rejected));
    const personId = await this.selectOptions.personIdOf(form.fields.personId, form.caller);
    const input = toInput(CreateContactDto, { ...form.fields, personId });
    const { personName } = await this.contacts.create(input, form.caller);
    return form.goOn(PATH, `Opgeslagen: ${personName} is contactpersoon.`);
  }

  @Page(':id', 'contacts.write')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const contact = await this.contacts.read(id, page.caller);
    const view: RecordView = {
      title: `${contact.personName} voor ${contact.organisationName}`,
      back: LIST,
      facts: [
        { term: 'Gebied', text: contact.areaName ?? 'alle gebieden' },
        { term: 'Wanneer', text: periodWords(contact.fromOn, contact.untilOn, page.caller.today) },
      ],
      form: recordForm(`${PATH}/${id}`, 'Opslaan', [UNTIL], contact, rejected),
    };
    return page.showRecord(view, rejected);
  }

  @FormPost(':id', 'contacts.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(CONTACT_WORDS, (rejected) => this.show(form, id, rejected));
    const input = toInput(ChangeContactDto, orNull(form.fields, 'untilOn'));
    const { personName } = await this.contacts.change(id, input, form.version, form.caller);
    return form.goOn(PATH, `Opgeslagen: ${personName}.`);
  }
}

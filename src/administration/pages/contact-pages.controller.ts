import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ChangeContactDto, ContactListDto, CreateContactDto } from '../../directory/organisations/contacts.dto.js';
import { Contacts } from '../../directory/organisations/contacts.service.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, type FormWords, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOf } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { Choices } from '../../web/choices.service.js';
import { BACK, fillingLink, FROM, UNTIL, VERSION, versionIn } from '../../web/records.rules.js';
import { periodWords } from '../../web/words.js';

const PATH = '/beheer/contacten';
const LIST = { href: PATH, label: 'Alle contactpersonen' };
const WORDS: FormWords = {
  fields: {
    organisationId: 'Kies een organisatie.',
    areaId: 'Kies een gebied uit de lijst.',
    personId: 'Vul het adres in van iemand die hier bekend is. Is diegene er nog niet? Voeg dan eerst de persoon toe.',
    fromOn: 'Kies een eerste dag die klopt.',
    untilOn: 'De laatste dag ligt niet voor de eerste.',
  },
  codes: {
    CONTACT_EXISTS: 'In die tijd geeft iemand anders al antwoord voor deze organisatie. Kies een andere periode.',
  },
};

@NotInDocument()
@Controller('beheer/contacten')
export class ContactPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly contacts: Contacts,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('contacts.write')
  async list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.contacts.list(toInput(ContactListDto, listQuery(query)), caller);
    const rows = page.items.map(({ id, organisationName, areaName, personName, fromOn, untilOn }) => [
      cell(`${organisationName}: ${personName}`, `${PATH}/${id}`),
      cell(areaName ?? 'alle gebieden'),
      cell(periodWords(fromOn, untilOn)),
    ]);
    const [organisations, areas] = [await this.choices.organisations('alle'), await this.choices.areas('alle')];
    const fields: FieldSpec[] = [
      { name: 'organisation', label: 'Organisatie', type: 'choice', options: organisations },
      { name: 'area', label: 'Gebied', type: 'choice', options: areas },
    ];
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Contactpersonen',
      intro:
        'Wie voor een organisatie antwoord geeft in een gebied. Naar deze mensen gaan de mails over acties zonder vaste persoon.',
      back: BACK,
      add: { href: `${PATH}/nieuw`, label: 'Contactpersoon toevoegen' },
      links: [fillingLink('contacten')],
      search: { action: PATH, fields: filled(fields, query) },
      table: tableOf('Contactpersonen', ['Wie', 'Waar', 'Wanneer'], rows),
      pager: pagerOf(page, PATH, query),
      empty: 'Geen contactpersoon gevonden.',
      emptyHint: 'Zonder contactpersoon kan een organisatie geen bericht over haar acties krijgen.',
    });
  }

  @Get('nieuw')
  @Requires('contacts.write')
  fresh(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() query: unknown): Promise<string> {
    return this.showNew(visit, caller, fieldsOf(query));
  }

  @Post('nieuw')
  @HttpCode(200)
  @Requires('contacts.write')
  async create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      WORDS,
      async () => {
        const personId = await this.choices.personIdOf(fields.personId ?? '', caller);
        const { personName } = await this.contacts.create(toInput(CreateContactDto, { ...fields, personId }), caller);
        return { path: PATH, notice: `Opgeslagen: ${personName} is contactpersoon.` };
      },
      (problem) => this.showNew(visit, caller, fields, problem),
    );
  }

  @Get(':id')
  @Requires('contacts.write')
  show(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<string> {
    return this.showOne(visit, caller, id);
  }

  @Post(':id')
  @HttpCode(200)
  @Requires('contacts.write')
  async change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      WORDS,
      async () => {
        const input = toInput(ChangeContactDto, { untilOn: fields.untilOn || null });
        const { personName } = await this.contacts.change(id, input, versionIn(fields), caller);
        return { path: PATH, notice: `Opgeslagen: ${personName}.` };
      },
      (problem) => this.showOne(visit, caller, id, fields, problem),
    );
  }

  private async showNew(visit: Visit, caller: Caller, values: Fields, problem?: FormProblem): Promise<string> {
    const organisations = await this.choices.organisations('Kies een organisatie');
    const specs: FieldSpec[] = [
      { name: 'organisationId', label: 'Organisatie', type: 'choice', isRequired: true, options: organisations },
      {
        name: 'areaId',
        label: 'Gebied',
        type: 'choice',
        options: await this.choices.areas('alle gebieden: algemeen contact'),
      },
      {
        name: 'personId',
        label: 'E-mailadres van de persoon',
        type: 'email',
        isRequired: true,
        options: await this.choices.addresses(caller),
      },
      { ...FROM, hint: 'Leeg: vandaag. Wie het tot nu toe was, stopt de dag ervoor.' },
      UNTIL,
    ];
    const form = formOf(`${PATH}/nieuw`, 'Contactpersoon toevoegen', filled(specs, values, problem));
    return this.pages.show(visit, 'web/pages/record', { title: 'Contactpersoon toevoegen', back: LIST, form, problem });
  }

  private async showOne(visit: Visit, caller: Caller, id: string, typed?: Fields, problem?: FormProblem) {
    const contact = await this.contacts.read(id, caller);
    const values = { untilOn: contact.untilOn ?? '', ...typed, version: String(contact.version) };
    return this.pages.show(visit, 'web/pages/record', {
      title: `${contact.personName} voor ${contact.organisationName}`,
      back: LIST,
      problem,
      facts: [
        { term: 'Gebied', text: contact.areaName ?? 'alle gebieden' },
        { term: 'Wanneer', text: periodWords(contact.fromOn, contact.untilOn) },
      ],
      form: formOf(`${PATH}/${id}`, 'Opslaan', filled([UNTIL, VERSION], values, problem)),
    });
  }
}

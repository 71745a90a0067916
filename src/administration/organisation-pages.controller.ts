import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../common/describe.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Requires } from '../access/requires.js';
import { IdPipe } from '../common/ids.js';
import { ORGANISATION_KIND_WORDS } from '../organisations/organisation-words.rules.js';
import {
  ChangeOrganisationDto,
  CreateOrganisationDto,
  OrganisationListDto,
} from '../organisations/organisations.dto.js';
import { Organisations } from '../organisations/organisations.service.js';
import { type FieldSpec, filled, formOf, optionsOf } from '../pages/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, type FormWords, toInput } from '../pages/forms.js';
import { Pages } from '../pages/pages.service.js';
import { cell, listQuery, pagerOf, tableOf } from '../pages/tables.rules.js';
import { CurrentVisit, type Visit } from '../pages/visit.js';
import { BACK, fillingLink, VERSION, versionIn } from './records.rules.js';

const PATH = '/beheer/organisaties';
const LIST = { href: PATH, label: 'Alle organisaties' };
const SPECS: FieldSpec[] = [
  { name: 'name', label: 'Naam', type: 'line', isRequired: true },
  {
    name: 'kind',
    label: 'Soort',
    type: 'choice',
    isRequired: true,
    options: optionsOf(ORGANISATION_KIND_WORDS, 'Kies een soort'),
    hint: 'Een afdeling van de gemeente is een eigen organisatie.',
  },
  {
    name: 'aliases',
    label: 'Andere namen',
    type: 'prose',
    maximum: 4000,
    hint: 'Elke naam op een eigen regel. Wie zo’n naam typt, vindt deze organisatie.',
  },
];
const WORDS: FormWords = {
  fields: {
    name: 'Vul een naam in, van hoogstens 200 tekens.',
    kind: 'Kies een soort.',
    aliases: 'Hoogstens twintig andere namen, elk één keer en van hoogstens 200 tekens.',
  },
  codes: {
    NAME_TAKEN: 'Er is al een organisatie met deze naam.',
    ALREADY_EXISTS: 'Er is al een organisatie met deze naam.',
  },
};
const toOrganisation = ({ name = '', kind = '', aliases = '' }: Fields) => ({
  name: name || ' ',
  kind: kind || '-',
  aliases: aliases
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
});

@NotInDocument()
@Controller('beheer/organisaties')
export class OrganisationPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly organisations: Organisations,
  ) {}

  @Get()
  @Requires('organisations.write')
  async list(@CurrentVisit() visit: Visit, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.organisations.list(toInput(OrganisationListDto, listQuery(query)));
    const rows = page.items.map(({ id, name, kind, aliases }) => [
      cell(name, `${PATH}/${id}`),
      cell(ORGANISATION_KIND_WORDS[kind]),
      cell(aliases.join(', ')),
    ]);
    const kinds = optionsOf(ORGANISATION_KIND_WORDS, 'alle soorten');
    const fields: FieldSpec[] = [
      { name: 'q', label: 'Naam', type: 'line' },
      { name: 'kind', label: 'Soort', type: 'choice', options: kinds },
    ];
    return this.pages.show(visit, 'pages/register', {
      title: 'Organisaties',
      back: BACK,
      add: { href: `${PATH}/nieuw`, label: 'Organisatie toevoegen' },
      links: [fillingLink('organisaties')],
      search: { action: PATH, fields: filled(fields, query) },
      table: tableOf('Organisaties', ['Naam', 'Soort', 'Andere namen'], rows),
      pager: pagerOf(page, PATH, query),
      empty: 'Geen organisatie gevonden.',
      emptyHint: 'Zoek op een deel van de naam, of voeg de organisatie toe.',
    });
  }

  @Get('nieuw')
  @Requires('organisations.write')
  fresh(@CurrentVisit() visit: Visit): string {
    return this.showNew(visit, {});
  }

  @Post('nieuw')
  @HttpCode(200)
  @Requires('organisations.write')
  async create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      WORDS,
      async () => {
        const { id, name } = await this.organisations.create(
          toInput(CreateOrganisationDto, toOrganisation(fields)),
          caller,
        );
        return { path: `${PATH}/${id}`, notice: `Opgeslagen: ${name}.` };
      },
      (problem) => this.showNew(visit, fields, problem),
    );
  }

  @Get(':id')
  @Requires('organisations.write')
  show(@CurrentVisit() visit: Visit, @Param('id', IdPipe) id: string): Promise<string> {
    return this.showOne(visit, id);
  }

  @Post(':id')
  @HttpCode(200)
  @Requires('organisations.write')
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
        const input = toInput(ChangeOrganisationDto, toOrganisation(fields));
        const { name } = await this.organisations.change(id, input, versionIn(fields), caller);
        return { path: `${PATH}/${id}`, notice: `Opgeslagen: ${name}.` };
      },
      (problem) => this.showOne(visit, id, fields, problem),
    );
  }

  private showNew(visit: Visit, values: Fields, problem?: FormProblem): string {
    const form = formOf(`${PATH}/nieuw`, 'Organisatie toevoegen', filled(SPECS, values, problem));
    return this.pages.show(visit, 'pages/record', { title: 'Organisatie toevoegen', back: LIST, form, problem });
  }

  private async showOne(visit: Visit, id: string, typed?: Fields, problem?: FormProblem): Promise<string> {
    const { name, kind, aliases, version } = await this.organisations.read(id);
    const values = { name, kind, aliases: aliases.join('\n'), ...typed, version: String(version) };
    const links = [
      { href: `/beheer/mensen?organisation=${id}`, label: 'Mensen van deze organisatie' },
      { href: `/beheer/contacten?organisation=${id}`, label: 'Contactpersonen van deze organisatie' },
    ];
    return this.pages.show(visit, 'pages/record', {
      title: name,
      back: LIST,
      problem,
      form: formOf(`${PATH}/${id}`, 'Opslaan', filled([...SPECS, VERSION], values, problem)),
      sections: [{ title: 'Wie erbij hoort', links }],
    });
  }
}

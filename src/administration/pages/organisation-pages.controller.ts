import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { isPermitted } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ORGANISATION_KIND_WORDS } from '../../directory/words.js';
import {
  ChangeOrganisationDto,
  CreateOrganisationDto,
  OrganisationListDto,
} from '../../directory/organisations/organisations.dto.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { type FieldSpec, filled, formOf, optionsOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, type FormWords, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOf } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { BACK, fillingLink, VERSION, versionIn } from '../../web/records.rules.js';

export const ORGANISATIONS = '/beheer/organisaties';
const LIST = { href: ORGANISATIONS, label: 'Alle organisaties' };
const SPECS: FieldSpec[] = [
  { name: 'name', label: 'Naam', type: 'line', isRequired: true },
  {
    name: 'kind',
    label: 'Soort',
    type: 'choice',
    isRequired: true,
    options: optionsOf(ORGANISATION_KIND_WORDS, 'Kies een soort'),
    hint: 'Een afdeling van de gemeente is een eigen organisatie, van de soort gemeente.',
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
    ORGANISATION_MERGED: 'Deze organisatie is al samengevoegd.',
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
    const rows = page.items.map(({ id, name, kind, aliases, mergedIntoId }) => [
      cell(mergedIntoId === null ? name : `${name} (samengevoegd)`, `${ORGANISATIONS}/${id}`),
      cell(ORGANISATION_KIND_WORDS[kind]),
      cell(aliases.join(', ')),
    ]);
    const kinds = optionsOf(ORGANISATION_KIND_WORDS, 'alle soorten');
    const fields: FieldSpec[] = [
      { name: 'q', label: 'Naam', type: 'line' },
      { name: 'kind', label: 'Soort', type: 'choice', options: kinds },
    ];
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Organisaties',
      back: BACK,
      add: { href: `${ORGANISATIONS}/nieuw`, label: 'Organisatie toevoegen' },
      links: [fillingLink('organisaties')],
      search: { action: ORGANISATIONS, fields: filled(fields, query) },
      table: tableOf('Organisaties', ['Naam', 'Soort', 'Andere namen'], rows),
      pager: pagerOf(page, ORGANISATIONS, query),
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
        return { path: `${ORGANISATIONS}/${id}`, notice: `Opgeslagen: ${name}.` };
      },
      (problem) => this.showNew(visit, fields, problem),
    );
  }

  @Get(':id')
  @Requires('organisations.write')
  show(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<string> {
    return this.showOne(visit, caller, id);
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
        return { path: `${ORGANISATIONS}/${id}`, notice: `Opgeslagen: ${name}.` };
      },
      (problem) => this.showOne(visit, caller, id, fields, problem),
    );
  }

  private showNew(visit: Visit, values: Fields, problem?: FormProblem): string {
    const form = formOf(`${ORGANISATIONS}/nieuw`, 'Organisatie toevoegen', filled(SPECS, values, problem));
    return this.pages.show(visit, 'web/pages/record', { title: 'Organisatie toevoegen', back: LIST, form, problem });
  }

  private async showOne(
    visit: Visit,
    caller: Caller,
    id: string,
    typed?: Fields,
    problem?: FormProblem,
  ): Promise<string> {
    const { name, kind, aliases, mergedIntoId, version } = await this.organisations.read(id);
    if (mergedIntoId !== null) return this.showMerged(visit, name, mergedIntoId, problem);
    const values = { name, kind, aliases: aliases.join('\n'), ...typed, version: String(version) };
    const links = [
      { href: `/beheer/mensen?organisation=${id}`, label: 'Mensen van deze organisatie' },
      { href: `/beheer/contacten?organisation=${id}`, label: 'Contactpersonen van deze organisatie' },
    ];
    return this.pages.show(visit, 'web/pages/record', {
      title: name,
      back: LIST,
      problem,
      form: formOf(`${ORGANISATIONS}/${id}`, 'Opslaan', filled([...SPECS, VERSION], values, problem)),
      sections: [
        { title: 'Wie erbij hoort', links },
        ...(isPermitted(caller, 'organisations.merge') ? [mergingSection(id)] : []),
      ],
    });
  }

  private async showMerged(visit: Visit, name: string, intoId: string, problem?: FormProblem): Promise<string> {
    const into = await this.organisations.read(intoId);
    return this.pages.show(visit, 'web/pages/record', {
      title: name,
      back: LIST,
      problem,
      sections: [
        {
          title: 'Samengevoegd',
          text: 'Deze organisatie bestaat niet meer apart. Zij gaat verder bij een andere.',
          links: [{ href: `${ORGANISATIONS}/${into.id}`, label: `Samengevoegd met ${into.name}` }],
        },
      ],
    });
  }
}

const mergingSection = (id: string) => ({
  title: 'Samenvoegen met een andere organisatie',
  text: 'Voor een fusie, of als een organisatie er twee keer in staat.',
  links: [{ href: `${ORGANISATIONS}/${id}/samenvoegen`, label: 'Samenvoegen' }],
});

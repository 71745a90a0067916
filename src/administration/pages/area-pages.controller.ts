import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { AREA_KIND_WORDS } from '../../directory/words.js';
import { AreaListDto, ChangeAreaDto, CreateAreaDto } from '../../directory/areas/areas.dto.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { IdPipe } from '../../platform/common/ids.js';
import { filled, formOf, optionsOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOf } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { AREA_WORDS, areaFields, areaValues, newAreaFields, toAreaChange, toNewArea } from './area-form.rules.js';
import { Choices } from '../../web/choices.service.js';
import { BACK, fillingLink, VERSION, versionIn } from '../../web/records.rules.js';

const PATH = '/beheer/gebieden';
const mergingOf = (id: string) => ({
  title: 'Samenvoegen',
  text: 'Gaat dit gebied op in een ander gebied, dan kunt u de twee samenvoegen.',
  links: [{ href: `${PATH}/${id}/samenvoegen`, label: 'Samenvoegen met een ander gebied' }],
});
const LIST = { href: PATH, label: 'Alle gebieden' };

@NotInDocument()
@Controller('beheer/gebieden')
export class AreaPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly areas: Areas,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('areas.write')
  async list(@CurrentVisit() visit: Visit, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.areas.list(toInput(AreaListDto, listQuery(query)));
    const names = new Map((await this.choices.areas('')).map(({ value, label }) => [value, label]));
    const rows = page.items.map(({ id, name, code, kind, parentId, formerNames }) => [
      cell(name, `${PATH}/${id}`),
      cell(code),
      cell(AREA_KIND_WORDS[kind]),
      cell(parentId ? names.get(parentId) : ''),
      cell(formerNames.map((former) => former.name).join(', ')),
    ]);
    const fields = [
      { name: 'q', label: 'Naam of code', type: 'line' as const },
      { name: 'kind', label: 'Soort', type: 'choice' as const, options: optionsOf(AREA_KIND_WORDS, 'alle soorten') },
    ];
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Gebieden',
      back: BACK,
      add: { href: `${PATH}/nieuw`, label: 'Gebied toevoegen' },
      links: [fillingLink('gebieden')],
      search: { action: PATH, fields: filled(fields, query) },
      table: tableOf('Gebieden', ['Naam', 'Code', 'Soort', 'Valt onder', 'Heette eerder'], rows),
      pager: pagerOf(page, PATH, query),
      empty: 'Geen gebied gevonden.',
      emptyHint: 'Zoek op een deel van de naam, of voeg het gebied toe.',
    });
  }

  @Get('nieuw')
  @Requires('areas.write')
  async fresh(@CurrentVisit() visit: Visit): Promise<string> {
    const { items } = await this.areas.list({ kind: 'municipality', page: 1, pageSize: 1 });
    return this.showNew(visit, { parentId: items[0]?.id ?? '' });
  }

  @Post('nieuw')
  @HttpCode(200)
  @Requires('areas.write')
  async create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      AREA_WORDS,
      async () => {
        const { id, name } = await this.areas.create(toInput(CreateAreaDto, toNewArea(fields)), caller);
        return { path: `${PATH}/${id}`, notice: `Opgeslagen: ${name}.` };
      },
      (problem) => this.showNew(visit, fields, problem),
    );
  }

  @Get(':id')
  @Requires('areas.write')
  show(@CurrentVisit() visit: Visit, @Param('id', IdPipe) id: string): Promise<string> {
    return this.showOne(visit, id);
  }

  @Post(':id')
  @HttpCode(200)
  @Requires('areas.write')
  async change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      AREA_WORDS,
      async () => {
        const input = toInput(ChangeAreaDto, toAreaChange(fields, await this.areas.read(id)));
        const { name } = await this.areas.change(id, input, versionIn(fields), caller);
        return { path: `${PATH}/${id}`, notice: `Opgeslagen: ${name}.` };
      },
      (problem) => this.showOne(visit, id, fields, problem),
    );
  }

  private async showNew(visit: Visit, values: Fields, problem?: FormProblem): Promise<string> {
    const specs = newAreaFields(await this.choices.areas('nergens onder'));
    const form = formOf(`${PATH}/nieuw`, 'Gebied toevoegen', filled(specs, values, problem));
    return this.pages.show(visit, 'web/pages/record', { title: 'Gebied toevoegen', back: LIST, form, problem });
  }

  private async showOne(visit: Visit, id: string, typed?: Fields, problem?: FormProblem): Promise<string> {
    const area = await this.areas.read(id);
    const into = area.mergedIntoId ? await this.areas.read(area.mergedIntoId) : null;
    const options = (await this.choices.areas('nergens onder')).filter(({ value }) => value !== id);
    const values = { ...areaValues(area), ...typed, version: String(area.version) };
    const specs = [...areaFields(options), VERSION];
    return this.pages.show(visit, 'web/pages/record', {
      title: area.name,
      back: LIST,
      problem,
      facts: [
        { term: 'Code', text: area.code },
        { term: 'Soort', text: AREA_KIND_WORDS[area.kind] },
        ...(into ? [{ term: 'Samengevoegd met', text: into.name }] : []),
        ...area.formerNames.map(({ name, untilOn }) => ({
          term: 'Heette',
          text: `${name}, tot en met ${inDutch(untilOn)}`,
        })),
      ],
      form: into ? null : formOf(`${PATH}/${id}`, 'Opslaan', filled(specs, values, problem)),
      sections: area.kind === 'municipality' || into ? [] : [mergingOf(id)],
    });
  }
}

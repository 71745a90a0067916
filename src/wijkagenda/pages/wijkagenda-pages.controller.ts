import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { Aside } from '../../platform/rendering/aside.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { versionIn } from '../../web/records.rules.js';
import { contentTypeOf } from '../../platform/common/accept.js';
import { IdPipe } from '../../platform/common/ids.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput, valuesOf } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOfRows } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import {
  AdoptWijkagendaDto,
  ChangeWijkagendaDto,
  CreateWijkagendaDto,
  PlaceGoalsDto,
  WijkagendaListDto,
} from '../wijkagendas.dto.js';
import { WijkagendaDocument } from '../wijkagenda-document.service.js';
import { WALL_MODULE, wijkagendaPdf } from '../wijkagenda-pdf.js';
import { Wijkagendas } from '../wijkagendas.service.js';
import { toThemes, WIJKAGENDA_WORDS } from './wijkagenda-form.rules.js';
import { stateWords, WijkagendaPages, WIJKAGENDAS } from './wijkagenda-pages.service.js';

@NotInDocument()
@Controller('wijkagenda')
export class WijkagendaPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly wijkagendas: Wijkagendas,
    private readonly wijkagenda: WijkagendaPages,
    private readonly document: WijkagendaDocument,
    private readonly aside: Aside,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('wijkagendas.read')
  async list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.wijkagendas.list(toInput(WijkagendaListDto, listQuery(query)), caller);
    const rows = page.items.map((one) => [
      cell(`${one.areaName} ${one.year}`, `${WIJKAGENDAS}/${one.id}`),
      cell(stateWords(one.state)),
      cell(one.goalCount),
      cell(one.publishedAt ? 'openbaar' : 'niet openbaar'),
    ]);
    const mayWrite = isPermitted(caller, 'wijkagendas.write');
    const areas = await this.choices.areas('alle gebieden', { caller, permission: 'wijkagendas.read' });
    const fields: FieldSpec[] = [
      { name: 'area', label: 'Gebied', type: 'choice', options: areas },
      { name: 'year', label: 'Jaar', type: 'line' },
    ];
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Wijkagenda’s',
      add: mayWrite ? { href: `${WIJKAGENDAS}/nieuw?areaId=${query.area ?? ''}`, label: 'Wijkagenda beginnen' } : null,
      search: { action: WIJKAGENDAS, fields: filled(fields, query), submit: 'Tonen' },
      table: tableOfRows('Wijkagenda’s', ['Gebied en jaar', 'Stand', 'Doelen', 'Publicatie'], rows),
      pager: pagerOf(page, WIJKAGENDAS, query),
      empty: 'Er is hier nog geen wijkagenda.',
      emptyHint: 'Werken met doelen hoeft niet. De voorzitter van een gebied begint er een als de partijen dat willen.',
    });
  }

  @Get('nieuw')
  @Requires('wijkagendas.write')
  fresh(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() query: unknown): Promise<string> {
    const stored = { themes: this.wijkagenda.defaultThemes, year: caller.today.slice(0, 4) };
    return this.showNew(visit, caller, { ...stored, ...fieldsOf(query) });
  }

  @Post('nieuw')
  @HttpCode(200)
  @Requires('wijkagendas.write')
  async create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      WIJKAGENDA_WORDS,
      async () => {
        const wanted = { ...fields, themes: toThemes(fields), year: Number(fields.year || NaN) };
        const { id } = await this.wijkagendas.create(toInput(CreateWijkagendaDto, wanted), caller);
        return { path: `${WIJKAGENDAS}/${id}`, notice: 'De wijkagenda staat klaar als concept. Zet er nu doelen op.' };
      },
      (problem) => this.showNew(visit, caller, fields, problem),
    );
  }

  @Get(':id')
  @Requires('wijkagendas.read')
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.pages.show(visit, 'wijkagenda/pages/wijkagenda', await this.wijkagenda.view(id, caller));
  }

  /** The page that hangs on a wall. */
  @Get(':id/wijkagenda.pdf')
  @Requires('wijkagendas.read')
  async pdf(
    @CurrentVisit() { reply }: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<Buffer> {
    const document = await this.document.of(id, caller);
    void reply.type(contentTypeOf('pdf')).header('Content-Disposition', 'attachment; filename="wijkagenda.pdf"');
    return this.aside.bytes(WALL_MODULE, wijkagendaPdf, document);
  }

  @Get(':id/wijzigen')
  @Requires('wijkagendas.write')
  async edit(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.pages.show(visit, 'web/pages/record', await this.wijkagenda.edit(id, caller));
  }

  @Post(':id/wijzigen')
  @HttpCode(200)
  @Requires('wijkagendas.write')
  async change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      WIJKAGENDA_WORDS,
      async () => {
        const input = { introduction: fields.introduction || null, themes: toThemes(fields) };
        await this.wijkagendas.change(id, toInput(ChangeWijkagendaDto, input), versionIn(fields), caller);
        return { path: `${WIJKAGENDAS}/${id}`, notice: 'Opgeslagen.' };
      },
      async (problem) =>
        this.pages.show(visit, 'web/pages/record', await this.wijkagenda.edit(id, caller, fields, problem)),
    );
  }

  @Post(':id/doelen')
  @HttpCode(200)
  @Requires('wijkagendas.write')
  async place(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const open = new Set(valuesOf(body, 'public'));
    const goals = valuesOf(body, 'goal').map((goalId) => ({ goalId, isPublic: open.has(goalId) }));
    return this.attempt(visit, caller, id, 'De doelen zijn opgeslagen.', () =>
      this.wijkagendas.placeGoals(id, toInput(PlaceGoalsDto, { goals }), versionIn(fieldsOf(body)), caller),
    );
  }

  @Get(':id/vaststelling')
  @Requires('wijkagendas.write')
  async adopting(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.showAdopting(visit, caller, id);
  }

  @Post(':id/vaststelling')
  @HttpCode(200)
  @Requires('wijkagendas.write')
  async adopt(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    const parties = valuesOf(body, 'organisationIds');
    return this.pages.take(
      visit,
      WIJKAGENDA_WORDS,
      async () => {
        const input = toInput(AdoptWijkagendaDto, { sessionId: fields.sessionId, organisationIds: parties });
        await this.wijkagendas.adopt(id, input, versionIn(fields), caller);
        return { path: `${WIJKAGENDAS}/${id}`, notice: 'De wijkagenda is vastgesteld.' };
      },
      (problem) => {
        const chosen = { sessionId: fields.sessionId, parties };
        return this.showAdopting(visit, caller, id, problem, chosen);
      },
    );
  }

  @Post(':id/afsluiting')
  @HttpCode(200)
  @Requires('wijkagendas.write')
  close(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.attempt(visit, caller, id, 'De wijkagenda is afgesloten.', () =>
      this.wijkagendas.close(id, versionIn(fieldsOf(body)), caller),
    );
  }

  private async attempt(visit: Visit, caller: Caller, id: string, notice: string, work: () => Promise<unknown>) {
    return this.pages.take(
      visit,
      { codes: WIJKAGENDA_WORDS.codes },
      async () => {
        await work();
        return { path: `${WIJKAGENDAS}/${id}`, notice };
      },
      async (problem) =>
        this.pages.show(visit, 'wijkagenda/pages/wijkagenda', await this.wijkagenda.view(id, caller, problem)),
    );
  }

  private async showAdopting(
    visit: Visit,
    caller: Caller,
    id: string,
    problem?: FormProblem,
    chosen: { sessionId?: string; parties: string[] } = { parties: [] },
  ): Promise<string> {
    const view = await this.wijkagenda.adopting(id, caller, problem, chosen);
    const organisations = (await this.choices.organisations('')).filter(({ value }) => value !== '');
    const parties = organisations.map((one) => ({ ...one, isChosen: chosen.parties.includes(one.value) }));
    return this.pages.show(visit, 'wijkagenda/pages/wijkagenda-adoption', { ...view, parties });
  }

  private async showNew(visit: Visit, caller: Caller, values: Fields, problem?: FormProblem): Promise<string> {
    const areas = await this.choices.areas('Kies een gebied', { caller, permission: 'wijkagendas.write' });
    const fields = filled(this.wijkagenda.newFields(areas), values, problem);
    const form = formOf(`${WIJKAGENDAS}/nieuw`, 'Wijkagenda beginnen', fields);
    const back = { href: WIJKAGENDAS, label: 'Wijkagenda’s' };
    return this.pages.show(visit, 'web/pages/record', { title: 'Wijkagenda beginnen', back, form, problem });
  }
}

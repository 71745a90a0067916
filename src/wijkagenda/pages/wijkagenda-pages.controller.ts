import { BackgroundWorker } from '../../platform/rendering/background-worker.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { recordForm } from '../../web/records.rules.js';
import { orNull, type RejectedForm, toInput, wholeNumber } from '../../web/forms.js';
import { yearOptions } from '../../web/fields.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { cell, listQuery } from '../../web/tables.rules.js';
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
import { toThemes } from './wijkagenda-form.rules.js';
import { WIJKAGENDA_STATE_WORDS, WIJKAGENDA_WORDS } from '../words.js';
import { newFields, WijkagendaPages, WIJKAGENDAS } from './wijkagenda-pages.service.js';

const CODES_ONLY = { codes: WIJKAGENDA_WORDS.codes };

@PageController('wijkagenda')
export class WijkagendaPagesController {
  constructor(
    private readonly wijkagendas: Wijkagendas,
    private readonly wijkagenda: WijkagendaPages,
    private readonly document: WijkagendaDocument,
    private readonly backgroundWorker: BackgroundWorker,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'wijkagendas.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const { caller, query } = page;
    const found = await this.wijkagendas.list(toInput(WijkagendaListDto, listQuery(query)), caller);
    const mayWrite = isPermitted(caller, 'wijkagendas.write');
    const areas = await this.selectOptions.areas('alle gebieden', { caller, permission: 'wijkagendas.read' });
    const years = yearOptions(await this.wijkagendas.years(caller));
    return page.showRegister(found, {
      title: 'Wijkagenda’s',
      add: mayWrite ? { href: `${WIJKAGENDAS}/nieuw?areaId=${query.area ?? ''}`, label: 'Wijkagenda beginnen' } : null,
      search: [
        { name: 'area', label: 'Gebied', type: 'choice', options: areas },
        { name: 'year', label: 'Jaar', type: 'choice', options: years },
      ],
      submit: 'Tonen',
      columns: {
        'Gebied en jaar': ({ id, areaName, year }) => cell(`${areaName} ${year}`, `${WIJKAGENDAS}/${id}`),
        Stand: ({ state }) => WIJKAGENDA_STATE_WORDS[state],
        Doelen: ({ goalCount }) => goalCount,
        Publicatie: ({ publishedAt }) => (publishedAt ? 'openbaar' : 'niet openbaar'),
      },
      empty: 'Er is nog geen wijkagenda.',
      nothingFound: 'Hier is geen wijkagenda.',
      emptyHint: 'Werken met doelen hoeft niet. De voorzitter van een gebied begint er een als de partijen dat willen.',
    });
  }

  @Page('nieuw', 'wijkagendas.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const { caller, query } = page;
    const areas = await this.selectOptions.areasToChoose(caller, 'wijkagendas.write');
    const stored = { themes: this.wijkagenda.defaultThemes, year: caller.today.slice(0, 4), ...query };
    const form = recordForm(`${WIJKAGENDAS}/nieuw`, 'Wijkagenda beginnen', newFields(areas), stored, rejected);
    const back = { href: WIJKAGENDAS, label: 'Wijkagenda’s' };
    return page.showRecord({ title: 'Wijkagenda beginnen', back, form }, rejected);
  }

  @FormPost('nieuw', 'wijkagendas.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(WIJKAGENDA_WORDS, (rejected) => this.fresh(form, rejected));
    const wanted = { ...form.fields, themes: toThemes(form.fields), year: wholeNumber(form.fields.year) };
    const { id } = await this.wijkagendas.create(toInput(CreateWijkagendaDto, wanted), form.caller);
    return form.goOn(`${WIJKAGENDAS}/${id}`, 'De wijkagenda staat klaar als concept. Zet er nu doelen op.');
  }

  @Page(':id', 'wijkagendas.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const view = await this.wijkagenda.view(id, page.caller, page.query.doel);
    return page.show('wijkagenda/pages/wijkagenda', { ...view, problem: rejected?.problem });
  }

  /** The poster page. */
  @Page(':id/wijkagenda.pdf', 'wijkagendas.read')
  async pdf(@CurrentPage() page: PageContext, @PathId() id: string): Promise<Buffer> {
    const document = await this.document.of(id, page.caller);
    page.attach('pdf', 'wijkagenda.pdf');
    return this.backgroundWorker.bytes(WALL_MODULE, { wijkagendaPdf }, document);
  }

  @Page(':id/wijzigen', 'wijkagendas.write')
  async edit(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    return page.showRecord(await this.wijkagenda.edit(id, page.caller, rejected), rejected);
  }

  @FormPost(':id/wijzigen', 'wijkagendas.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(WIJKAGENDA_WORDS, (rejected) => this.edit(form, id, rejected));
    const wanted = { ...orNull(form.fields, 'introduction'), themes: toThemes(form.fields) };
    await this.wijkagendas.change(id, toInput(ChangeWijkagendaDto, wanted), form.version, form.caller);
    return form.goOn(`${WIJKAGENDAS}/${id}`, 'Opgeslagen.');
  }

  @FormPost(':id/doelen', 'wijkagendas.write')
  async place(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(CODES_ONLY, (rejected) => this.show(form, id, rejected));
    const open = new Set(form.values('public'));
    const goals = form.values('goal').map((goalId) => ({ goalId, isPublic: open.has(goalId) }));
    await this.wijkagendas.placeGoals(id, toInput(PlaceGoalsDto, { goals }), form.version, form.caller);
    return form.goOn(`${WIJKAGENDAS}/${id}`, 'De doelen zijn opgeslagen.');
  }

  @Page(':id/vaststelling', 'wijkagendas.write')
  async adopting(
    @CurrentPage() page: PageContext,
    @PathId() id: string,
    rejected?: RejectedForm,
    chosen: readonly string[] = [],
  ): Promise<string> {
    const view = await this.wijkagenda.adopting(id, page.caller, rejected);
    const organisations = (await this.selectOptions.organisations('')).filter(({ value }) => value !== '');
    const parties = organisations.map((one) => ({ ...one, isChosen: chosen.includes(one.value) }));
    return page.show('wijkagenda/pages/wijkagenda-adoption', { ...view, parties });
  }

  @FormPost(':id/vaststelling', 'wijkagendas.write')
  async adopt(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const organisationIds = form.values('organisationIds');
    form.ifRejected(WIJKAGENDA_WORDS, (rejected) => this.adopting(form, id, rejected, organisationIds));
    const input = toInput(AdoptWijkagendaDto, { sessionId: form.fields.sessionId, organisationIds });
    await this.wijkagendas.adopt(id, input, form.version, form.caller);
    return form.goOn(`${WIJKAGENDAS}/${id}`, 'De wijkagenda is vastgesteld.');
  }

  @FormPost(':id/afsluiting', 'wijkagendas.write')
  async close(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(CODES_ONLY, (rejected) => this.show(form, id, rejected));
    await this.wijkagendas.close(id, form.version, form.caller);
    return form.goOn(`${WIJKAGENDAS}/${id}`, 'De wijkagenda is afgesloten.');
  }
}

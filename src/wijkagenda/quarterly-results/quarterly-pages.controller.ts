import { isPermitted, isPermittedIn } from '../../platform/access/access.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { quarterIn } from '../figures/quarters.rules.js';
import { orNull, type RejectedForm, toInput, wholeNumber } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { ChangeQuarterlyResultDto, CreateQuarterlyResultDto, QuarterlyResultListDto } from './quarterly-results.dto.js';
import { QuarterlyResults } from './quarterly-results.service.js';
import { nameOfResults } from './quarterly-results.rules.js';
import { QuarterlyPublication } from './quarterly-publication.service.js';
import { QuarterlySending } from './quarterly-sending.service.js';
import { linesIn, newQuarterForm, QUARTERS, toQuarterPage } from './quarterly-form.rules.js';
import { askingSection } from '../publications/by-mail.rules.js';
import { PublicationRequestDto } from '../publications/publication-requests.dto.js';
import { PublicationRequests } from '../publications/publication-requests.service.js';
import { PUBLICATION_REQUEST_WORDS, QUARTERLY_WORDS } from '../words.js';

/** "Gelukt in …": the results of a quarter, which the chair strikes, edits, sends and may publish. */
@PageController('gelukt')
export class QuarterlyPagesController {
  constructor(
    private readonly results: QuarterlyResults,
    private readonly sending: QuarterlySending,
    private readonly publication: QuarterlyPublication,
    private readonly requests: PublicationRequests,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'reviews.read')
  async list(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const found = await this.results.list(toInput(QuarterlyResultListDto, listQuery(page.query)), page.caller);
    const mayWrite = isPermitted(page.caller, 'reviews.write');
    const { caller } = page;
    const areas = await this.selectOptions.areas('alles wat ik mag lezen', { caller, permission: 'reviews.read' });
    return page.showRegister(found, {
      title: 'Gelukt per kwartaal',
      add: mayWrite ? { href: `${QUARTERS}/nieuw`, label: 'Concept maken' } : null,
      columns: {
        Kwartaal: (one) => cell(nameOfResults(one), `${QUARTERS}/${one.id}`),
        Stand: ({ state }) => (state === 'draft' ? 'concept' : 'verstuurd'),
        Publicatie: ({ publishedAt }) => (publishedAt ? 'openbaar' : 'niet openbaar'),
      },
      empty: 'Er is nog niets.',
      emptyHint: mayWrite
        ? 'Een week na elk kwartaal staat hier een concept met wat er gelukt is. Het gaat pas weg als u het verstuurt.'
        : 'Na elk kwartaal staat hier wat er gelukt is, zodra de voorzitter van een gebied het heeft verstuurd.',
      forms: [askingSection(QUARTERS, areas, rejected)],
      problem: rejected?.problem,
    });
  }

  @FormPost('mail', 'reviews.read')
  async askByMail(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(PUBLICATION_REQUEST_WORDS, (rejected) => this.list(form, rejected));
    const wanted = { subject: 'quarterly_results', areaId: form.fields.areaId ?? '' };
    await this.requests.ask(toInput(PublicationRequestDto, wanted), form.caller);
    return form.goOn('/mijn-mail', 'U krijgt een mail zodra er een nieuw kwartaal openbaar is.');
  }

  @Page('nieuw', 'reviews.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const { caller } = page;
    const areas = await this.selectOptions.areasToChoose(caller, 'reviews.write');
    const form = newQuarterForm(areas, quarterIn(caller.today), rejected);
    const back = { href: QUARTERS, label: 'Gelukt per kwartaal' };
    return page.showRecord({ title: 'Gelukt in een kwartaal', back, form }, rejected);
  }

  @FormPost('nieuw', 'reviews.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(QUARTERLY_WORDS, (rejected) => this.fresh(form, rejected));
    const [year, quarter] = (form.fields.quarter ?? '').split('-').map(wholeNumber);
    const input = toInput(CreateQuarterlyResultDto, { areaId: form.fields.areaId, year, quarter });
    const { id } = await this.results.create(input, form.caller);
    return form.goOn(`${QUARTERS}/${id}`, 'Het concept staat klaar. Er is nog niets verstuurd.');
  }

  @Page(':id', 'reviews.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const result = await this.results.read(id, page.caller);
    const asked = await this.requests.of('quarterly_results', page.caller);
    const mayWrite = isPermittedIn(page.caller, 'reviews.write', result.areaId);
    const leftOut = mayWrite ? await this.publication.leftOut(result.lines) : [];
    return page.show(
      'wijkagenda/pages/quarterly-result',
      toQuarterPage(result, { mayWrite, asked, leftOut }, rejected),
    );
  }

  @FormPost(':id', 'reviews.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(QUARTERLY_WORDS, (rejected) => this.show(form, id, rejected));
    const { lines } = await this.results.read(id, form.caller);
    const wanted = { ...orNull(form.fields, 'introduction'), lines: linesIn(form.fields, lines) };
    await this.results.change(id, toInput(ChangeQuarterlyResultDto, wanted), form.version, form.caller);
    return form.goOn(`${QUARTERS}/${id}`, 'Opgeslagen.');
  }

  @FormPost(':id/weggooien', 'reviews.write')
  async remove(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(QUARTERLY_WORDS, (rejected) => this.show(form, id, rejected));
    await this.results.remove(id, form.version, form.caller);
    return form.goOn(QUARTERS, 'Het concept is weggegooid.');
  }

  @FormPost(':id/versturen', 'reviews.write')
  async send(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(QUARTERLY_WORDS, (rejected) => this.show(form, id, rejected));
    await this.sending.send(id, form.version, form.caller);
    return form.goOn(`${QUARTERS}/${id}`, 'De partijen krijgen nu een mail.');
  }

  @FormPost(':id/publicatie', 'reviews.write')
  async publish(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(QUARTERLY_WORDS, (rejected) => this.show(form, id, rejected));
    await this.publication.put(id, form.version, form.caller, true);
    return form.goOn(`${QUARTERS}/${id}`, 'Iedereen kan dit nu lezen.');
  }

  @FormPost(':id/publicatie/einde', 'reviews.write')
  async withdraw(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(QUARTERLY_WORDS, (rejected) => this.show(form, id, rejected));
    await this.publication.put(id, form.version, form.caller, false);
    return form.goOn(`${QUARTERS}/${id}`, 'Dit is niet meer openbaar.');
  }
}

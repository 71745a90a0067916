import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { isPermitted, isPermittedIn } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { versionIn } from '../../web/records.rules.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { quarterBefore, quarterIn } from '../figures/quarters.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOfRows } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { ChangeQuarterlyResultDto, CreateQuarterlyResultDto, QuarterlyResultListDto } from './quarterly-results.dto.js';
import { QuarterlyResults } from './quarterly-results.service.js';
import { nameOfResults } from './quarterly-results.rules.js';
import { QuarterlySending } from './quarterly-sending.service.js';
import { linesIn, newQuarterForm, QUARTERLY_WORDS, QUARTERS, toQuarterPage } from './quarterly-form.rules.js';

/** "Gelukt in …": the results of a quarter, which the chair strikes, edits, sends and may publish. */
@NotInDocument()
@Controller('gelukt')
export class QuarterlyPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly results: QuarterlyResults,
    private readonly sending: QuarterlySending,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('reviews.read')
  async list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.results.list(toInput(QuarterlyResultListDto, listQuery(query)), caller);
    const rows = page.items.map((one) => [
      cell(nameOfResults(one), `${QUARTERS}/${one.id}`),
      cell(one.state === 'draft' ? 'concept' : 'verstuurd'),
      cell(one.publishedAt ? 'openbaar' : 'niet openbaar'),
    ]);
    const mayWrite = isPermitted(caller, 'reviews.write');
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Gelukt per kwartaal',
      back: { href: '/jaarevaluatie', label: 'Jaarevaluaties' },
      add: mayWrite ? { href: `${QUARTERS}/nieuw`, label: 'Concept maken' } : null,
      table: tableOfRows('Gelukt per kwartaal', ['Kwartaal', 'Stand', 'Publicatie'], rows),
      pager: pagerOf(page, QUARTERS, query),
      empty: 'Er is nog niets.',
      emptyHint:
        'Een week na elk kwartaal staat hier een concept met wat er gelukt is. Het gaat pas weg als de voorzitter het verstuurt.',
    });
  }

  @Get('nieuw')
  @Requires('reviews.write')
  fresh(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    const { year, quarter } = quarterBefore(quarterIn(caller.today));
    return this.showNew(visit, caller, { quarter: `${year}-${quarter}` });
  }

  @Post('nieuw')
  @HttpCode(200)
  @Requires('reviews.write')
  create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      QUARTERLY_WORDS,
      async () => {
        const [year, quarter] = (fields.quarter ?? '').split('-').map(Number);
        const input = toInput(CreateQuarterlyResultDto, { areaId: fields.areaId, year, quarter: quarter ?? NaN });
        const { id } = await this.results.create(input, caller);
        return { path: `${QUARTERS}/${id}`, notice: 'Het concept staat klaar. Er is nog niets verstuurd.' };
      },
      (problem) => this.showNew(visit, caller, fields, problem),
    );
  }

  @Get(':id')
  @Requires('reviews.read')
  show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.showOne(visit, caller, id);
  }

  @Post(':id')
  @HttpCode(200)
  @Requires('reviews.write')
  change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.attempt(visit, caller, id, body, 'Opgeslagen.', async (fields) => {
      const { lines } = await this.results.read(id, caller);
      const input = { introduction: fields.introduction || null, lines: linesIn(fields, lines) };
      return this.results.change(id, toInput(ChangeQuarterlyResultDto, input), versionIn(fields), caller);
    });
  }

  @Post(':id/weggooien')
  @HttpCode(200)
  @Requires('reviews.write')
  remove(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const work = (fields: Fields) => this.results.remove(id, versionIn(fields), caller);
    return this.attempt(visit, caller, id, body, 'Het concept is weggegooid.', work, QUARTERS);
  }

  @Post(':id/versturen')
  @HttpCode(200)
  @Requires('reviews.write')
  send(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const work = (fields: Fields) => this.sending.send(id, versionIn(fields), caller);
    return this.attempt(visit, caller, id, body, 'De partijen krijgen nu een mail.', work);
  }

  @Post(':id/publicatie')
  @HttpCode(200)
  @Requires('reviews.write')
  publish(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const work = (fields: Fields) => this.sending.put(id, versionIn(fields), caller, true);
    return this.attempt(visit, caller, id, body, 'Iedereen kan dit nu lezen.', work);
  }

  @Post(':id/publicatie/einde')
  @HttpCode(200)
  @Requires('reviews.write')
  withdraw(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const work = (fields: Fields) => this.sending.put(id, versionIn(fields), caller, false);
    return this.attempt(visit, caller, id, body, 'Dit is niet meer openbaar.', work);
  }

  private attempt(
    visit: Visit,
    caller: Caller,
    id: string,
    body: unknown,
    notice: string,
    work: (fields: Fields) => Promise<unknown>,
    path = `${QUARTERS}/${id}`,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      QUARTERLY_WORDS,
      async () => {
        await work(fields);
        return { path, notice };
      },
      (problem) => this.showOne(visit, caller, id, fields, problem),
    );
  }

  private async showOne(visit: Visit, caller: Caller, id: string, typed?: Fields, problem?: FormProblem) {
    const result = await this.results.read(id, caller);
    const mayWrite = isPermittedIn(caller, 'reviews.write', result.areaId);
    return this.pages.show(visit, 'wijkagenda/pages/quarterly-result', toQuarterPage(result, mayWrite, typed, problem));
  }

  private async showNew(visit: Visit, caller: Caller, values: Fields, problem?: FormProblem): Promise<string> {
    const areas = await this.choices.areas('Kies een gebied', { caller, permission: 'reviews.write' });
    const form = newQuarterForm(areas, quarterIn(caller.today), values, problem);
    const back = { href: QUARTERS, label: 'Gelukt per kwartaal' };
    return this.pages.show(visit, 'web/pages/record', { title: 'Gelukt in een kwartaal', back, form, problem });
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { versionIn } from '../../web/records.rules.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { IdPipe } from '../../platform/common/ids.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { OpgaveListDto } from '../../goals/opgaven/opgaven.dto.js';
import { Opgaven } from '../../goals/opgaven/opgaven.service.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOfRows } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { ReviewPublication } from '../review-publication.service.js';
import { ReviewVoice } from '../review-voice.service.js';
import { ChangeReviewDto, CreateReviewDto, FreezeReviewDto, ReviewListDto } from '../reviews.dto.js';
import { Reviews } from '../reviews.service.js';
import { ofArea, ofOpgave, REVIEW_WORDS } from '../../wijkagenda/quarterly-results/review-form.rules.js';
import { ReviewPages, REVIEWS } from './review-pages.service.js';

@NotInDocument()
@Controller('jaarevaluatie')
export class ReviewPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly reviews: Reviews,
    private readonly review: ReviewPages,
    private readonly voice: ReviewVoice,
    private readonly publication: ReviewPublication,
    private readonly choices: Choices,
    private readonly opgaven: Opgaven,
  ) {}

  @Get()
  @Requires('reviews.read')
  async list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.reviews.list(toInput(ReviewListDto, listQuery(query)), caller);
    const rows = page.items.map((one) => [
      cell(one.opgave ? `${one.areaName}: ${one.opgave}` : one.areaName, `${REVIEWS}/${one.id}`),
      cell(`${inDutch(one.fromOn)} tot en met ${inDutch(one.asOf)}`),
      cell(one.state === 'draft' ? 'concept' : 'definitief'),
      cell(one.publishedAt ? 'openbaar' : 'niet openbaar'),
    ]);
    const areas = await this.choices.areas('alle gebieden', { caller, permission: 'reviews.read' });
    const fields: FieldSpec[] = [{ name: 'area', label: 'Gebied', type: 'choice', options: areas }];
    const mayWrite = isPermitted(caller, 'reviews.write');
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Jaarevaluaties',
      links: [{ href: '/gelukt', label: 'Gelukt per kwartaal' }],
      add: mayWrite ? { href: `${REVIEWS}/nieuw`, label: 'Jaarevaluatie maken' } : null,
      search: { action: REVIEWS, fields: filled(fields, query), submit: 'Tonen' },
      table: tableOfRows('Jaarevaluaties', ['Gebied', 'Periode', 'Stand', 'Publicatie'], rows),
      pager: pagerOf(page, REVIEWS, query),
      empty: 'Er is nog geen jaarevaluatie.',
      emptyHint: `${mayWrite ? 'Maak er hierboven een.' : 'De voorzitter maakt er een.'} De cijfers komen vanzelf uit de acties en verslagen.`,
    });
  }

  @Get('nieuw')
  @Requires('reviews.write')
  fresh(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    const year = Number(caller.today.slice(0, 4)) - 1;
    return this.showNew(visit, caller, { fromOn: `${year}-01-01`, asOf: `${year}-12-31` });
  }

  @Post('nieuw')
  @HttpCode(200)
  @Requires('reviews.write')
  async create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      REVIEW_WORDS,
      async () => {
        const { id } = await this.reviews.create(
          toInput(CreateReviewDto, { ...fields, opgaveId: fields.opgaveId || undefined }),
          caller,
        );
        return { path: `${REVIEWS}/${id}`, notice: 'De jaarevaluatie staat klaar als concept.' };
      },
      (problem) => this.showNew(visit, caller, fields, problem),
    );
  }

  @Get(':id')
  @Requires('reviews.read')
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.pages.show(visit, 'reviews/pages/review', await this.review.view(id, caller));
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
    return this.attempt(visit, caller, id, body, 'De teksten zijn opgeslagen.', (fields) => {
      const { succeeded, notSucceeded, learned, nextYear } = fields;
      const texts = {
        succeeded: succeeded || null,
        notSucceeded: notSucceeded || null,
        learned: learned || null,
        nextYear: nextYear || null,
      };
      return this.reviews.change(id, toInput(ChangeReviewDto, texts), versionIn(fields), caller);
    });
  }

  @Post(':id/rondsturen')
  @HttpCode(200)
  @Requires('reviews.write')
  circulate(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.attempt(
      visit,
      caller,
      id,
      body,
      'Het concept gaat naar de partijen. Zij hebben veertien dagen.',
      (fields) => this.voice.circulate(id, versionIn(fields), caller),
    );
  }

  @Post(':id/definitief')
  @HttpCode(200)
  @Requires('reviews.write')
  freeze(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.attempt(visit, caller, id, body, 'De jaarevaluatie is definitief.', (fields) =>
      this.reviews.freeze(id, toInput(FreezeReviewDto, { reason: fields.reason }), versionIn(fields), caller),
    );
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
    return this.attempt(visit, caller, id, body, 'Iedereen kan de jaarevaluatie nu lezen.', (fields) =>
      this.publication.publish(id, versionIn(fields), caller),
    );
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
    return this.attempt(visit, caller, id, body, 'De jaarevaluatie is niet meer openbaar.', (fields) =>
      this.publication.withdraw(id, versionIn(fields), caller),
    );
  }

  private async attempt(
    visit: Visit,
    caller: Caller,
    id: string,
    body: unknown,
    notice: string,
    work: (fields: Fields) => Promise<unknown>,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      REVIEW_WORDS,
      async () => {
        await work(fields);
        return { path: `${REVIEWS}/${id}`, notice };
      },
      async (problem) => {
        const view = await this.review.view(id, caller, fields, problem);
        return this.pages.show(visit, 'reviews/pages/review', view);
      },
    );
  }

  private async showNew(visit: Visit, caller: Caller, values: Fields, problem?: FormProblem): Promise<string> {
    const areas = await this.choices.areas('Kies een gebied', { caller, permission: 'reviews.write' });
    const opgaven = await this.opgaven.list(toInput(OpgaveListDto, { pageSize: '200' }));
    const specs: FieldSpec[] = [
      ofArea(areas),
      ...(opgaven.total > 0 ? [ofOpgave(opgaven.items)] : []),
      { name: 'fromOn', label: 'Eerste dag', type: 'date', isRequired: true },
      { name: 'asOf', label: 'Peildatum (laatste dag)', type: 'date', isRequired: true },
    ];
    const form = formOf(`${REVIEWS}/nieuw`, 'Jaarevaluatie maken', filled(specs, values, problem));
    const back = { href: REVIEWS, label: 'Jaarevaluaties' };
    return this.pages.show(visit, 'web/pages/record', { title: 'Jaarevaluatie maken', back, form, problem });
  }
}

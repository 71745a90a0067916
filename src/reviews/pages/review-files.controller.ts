import { Controller, Get, Param, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { notFound } from '../../platform/common/problems.js';
import { fieldsOf, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOfRows } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { ReviewDocuments } from '../documents/review-documents.service.js';
import { ReviewCases } from '../review-cases.service.js';
import { FigureCasesDto } from '../reviews.dto.js';
import { Reviews } from '../reviews.service.js';
import { figureWords } from './figure-words.rules.js';
import { REVIEWS } from './review-pages.service.js';

/** What goes with a review: its files, and the cases behind a figure. */
@NotInDocument()
@Controller('jaarevaluatie/:id')
export class ReviewFilesController {
  constructor(
    private readonly pages: Pages,
    private readonly reviews: Reviews,
    private readonly cases: ReviewCases,
    private readonly documents: ReviewDocuments,
  ) {}

  /** On paper, or as tables for a spreadsheet. */
  @Get('jaarevaluatie.:format')
  @Requires('reviews.read')
  async file(
    @CurrentVisit() { reply }: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('format') format: string,
  ): Promise<string | Buffer> {
    if (format !== 'pdf' && format !== 'xlsx') throw notFound();
    return this.documents.send(reply, await this.reviews.read(id, caller), format);
  }

  @Get('cijfers/:name')
  @Requires('reviews.read')
  async casesOf(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('name') name: string,
    @Query() wanted: unknown,
  ): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.cases.list(id, name, toInput(FigureCasesDto, listQuery(query)), caller);
    const rows = page.items.map((one) => [
      cell(one.number),
      cell(one.title),
      cell(one.area),
      cell(one.organisation),
      cell(one.on ? inDutch(one.on) : ''),
      cell(one.dueOn ? inDutch(one.dueOn) : ''),
      cell(one.doneOn ? inDutch(one.doneOn) : ''),
    ]);
    const head = ['Nr.', 'Wat', 'Gebied', 'Wie', 'Dag', 'Deadline', 'Gereed'];
    const title = `Wat achter dit cijfer zit: ${figureWords(name)}`;
    return this.pages.show(visit, 'web/pages/register', {
      title,
      intro: page.notice,
      back: { href: `${REVIEWS}/${id}`, label: 'Jaarevaluatie' },
      table: tableOfRows(title, head, rows),
      pager: pagerOf(page, `${REVIEWS}/${id}/cijfers/${name}`, query),
      empty: 'Dit cijfer is nul.',
    });
  }
}

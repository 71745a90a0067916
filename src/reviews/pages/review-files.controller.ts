import { Param } from '@nestjs/common';
import { toInput } from '../../web/forms.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController, PathId } from '../../web/page-kit.js';
import { dayCell, listQuery } from '../../web/tables.rules.js';
import { fileFormatOf, ReviewDocuments } from '../documents/review-documents.service.js';
import { ReviewPhotos } from '../documents/review-photos.service.js';
import { ReviewCases } from '../review-cases.service.js';
import { FigureCasesDto } from '../reviews.dto.js';
import { Reviews } from '../reviews.service.js';
import { figureWords } from '../words.js';
import { REVIEWS } from './review-pages.service.js';

/** The files of a review, and the cases behind a figure. */
@PageController('jaarevaluatie/:id')
export class ReviewFilesController {
  constructor(
    private readonly reviews: Reviews,
    private readonly cases: ReviewCases,
    private readonly documents: ReviewDocuments,
    private readonly photos: ReviewPhotos,
  ) {}

  /** For print (with the photos of its results if requested), for Word, or as tables for a spreadsheet. */
  @Page('jaarevaluatie.:format', 'reviews.read')
  async file(
    @CurrentPage() page: PageContext,
    @PathId() id: string,
    @Param('format') name: string,
  ): Promise<string | Buffer> {
    const format = fileFormatOf(name);
    this.documents.prepare(format);
    const review = await this.reviews.read(id, page.caller);
    const hasPhotos = format === 'pdf' && page.query.fotos === 'ja';
    return this.documents.send(page.reply, review, format, hasPhotos ? await this.photos.of(review, page.caller) : []);
  }

  @Page('cijfers/:name', 'reviews.read')
  async casesOf(@CurrentPage() page: PageContext, @PathId() id: string, @Param('name') name: string): Promise<string> {
    const { today } = page.caller;
    const found = await this.cases.list(id, name, toInput(FigureCasesDto, listQuery(page.query)), page.caller);
    // Of a meeting this is the day its minutes were sent.
    const doneOn = found.items.every(({ number }) => number === null) ? 'Verslag verstuurd' : 'Gereed';
    return page.showRegister(found, {
      title: `Wat achter dit cijfer zit: ${figureWords(name)}`,
      intro: found.notice,
      back: { href: `${REVIEWS}/${id}`, label: 'Jaarevaluatie' },
      columns: {
        'Nr.': ({ number }) => number,
        Wat: ({ title }) => title,
        Gebied: ({ area }) => area,
        Wie: ({ organisation }) => organisation,
        Dag: ({ on }) => dayCell(on, today),
        Deadline: ({ dueOn }) => dayCell(dueOn, today),
        [doneOn]: (one) => dayCell(one.doneOn, today),
      },
      empty: 'Dit cijfer is nul.',
    });
  }
}

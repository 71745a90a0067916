import { HttpException, Param } from '@nestjs/common';
import { contentTypeOf, formatOf } from '../../platform/common/accept.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { LinkContext } from '../../web/link-pages.js';
import { CurrentLink, LinkFormPost, LinkPage } from '../../web/mail-link.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController, PathId } from '../../web/page-kit.js';
import { fileFormatOf, ReviewDocuments } from '../documents/review-documents.service.js';
import { toReviewDocument } from '../documents/review-html.js';
import { DRAFT_LINK } from '../review-draft-mail.service.js';
import { ReviewDraftPages } from './review-draft-pages.service.js';
import { ReviewPublication } from '../review-publication.service.js';

const NO_LONGER = 'De jaarevaluatie is definitief, of de tijd om te reageren is voorbij.';

/** Reviews without sign-in: published ones for everyone, and drafts behind the link in a party's mail. */
@PageController()
export class PublicReviewsController {
  constructor(
    private readonly publication: ReviewPublication,
    private readonly documents: ReviewDocuments,
    private readonly drafts: ReviewDraftPages,
    private readonly renderer: Renderer,
  ) {}

  @Page('jaarevaluaties', 'published')
  async list(@CurrentPage() page: PageContext) {
    const { request, reply } = page;
    const format = formatOf(request, ['html', 'json']);
    const items = await this.publication.list();
    void reply.header('Vary', 'Accept').type(contentTypeOf(format));
    if (format === 'json') return { items, total: items.length, page: 1, pageSize: Math.max(1, items.length) };
    return page.show('reviews/pages/published-reviews', { title: 'Jaarevaluaties', isPublic: true, items });
  }

  @Page('jaarevaluaties/:id', 'published')
  async read(@CurrentPage() page: PageContext, @PathId() id: string) {
    const { request, reply } = page;
    const format = formatOf(request, ['html', 'json', 'pdf', 'docx', 'xlsx', 'csv']);
    const review = await this.publication.read(id);
    void reply.header('Vary', 'Accept');
    if (format === 'html') return this.show(page, 200, { ...toReviewDocument(review), files: `/jaarevaluaties/${id}` });
    return format === 'json' ? review : this.documents.send(reply, review, format);
  }

  /** For print, for Word, or as tables for a spreadsheet. */
  @Page('jaarevaluaties/:id/jaarevaluatie.:format', 'published')
  async file(@CurrentPage() { reply }: PageContext, @PathId() id: string, @Param('format') name: string) {
    const format = fileFormatOf(name);
    return this.documents.send(reply, await this.publication.read(id), format);
  }

  @LinkPage('jaarevaluatie-concept/:key', DRAFT_LINK)
  async draft(@CurrentLink() link: LinkContext): Promise<string> {
    const page = await this.drafts.page(link.token);
    return typeof page === 'string' ? link.closed(page, NO_LONGER) : this.show(link, 200, page);
  }

  @LinkFormPost('jaarevaluatie-concept/:key', DRAFT_LINK)
  async react(@CurrentLink() link: LinkContext): Promise<string> {
    try {
      const page = await this.drafts.react(link.token, link.fields.text ?? '');
      if (typeof page === 'string') return link.closed(page, NO_LONGER);
      return this.show(link, page.form?.problem ? 400 : 200, page);
    } catch (error) {
      if (!(error instanceof HttpException) || error.getStatus() !== 409) throw error;
      return link.closed('gone', NO_LONGER);
    }
  }

  private show({ reply }: Pick<PageContext, 'reply'>, status: number, page: object): string {
    void reply.status(status).type(contentTypeOf('html'));
    return this.renderer.renderHtml('reviews/documents/review', page);
  }
}

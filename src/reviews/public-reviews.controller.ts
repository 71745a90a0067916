import { Body, Controller, Get, HttpCode, HttpException, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForEveryone } from '../platform/access/requires.js';
import { NotInDocument } from '../platform/common/describe.js';
import { contentTypeOf, formatOf } from '../platform/common/accept.js';
import { IdPipe } from '../platform/common/ids.js';
import { BehindMailLink, LinkToken } from '../web/link-door.js';
import { LinkPages } from '../web/link-pages.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { ReviewDocuments } from './documents/review-documents.service.js';
import { DRAFT_LINK } from './review-draft-mail.service.js';
import { ReviewDraftPages } from './review-draft-pages.service.js';
import { ReviewPublication } from './review-publication.service.js';

const NO_LONGER = 'De jaarevaluatie is definitief, of de tijd om te reageren is voorbij.';

/** Reviews without signing in: published ones for everyone, and a draft behind the link in a party's mail. */
@NotInDocument()
@Controller()
export class PublicReviewsController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly publication: ReviewPublication,
    private readonly documents: ReviewDocuments,
    private readonly drafts: ReviewDraftPages,
    private readonly renderer: Renderer,
    private readonly linkPages: LinkPages,
  ) {}

  @Get('jaarevaluaties')
  @ForEveryone()
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const format = formatOf(request, ['html', 'json']);
    const items = await this.publication.list();
    void reply.header('Vary', 'Accept').type(contentTypeOf(format));
    if (format === 'json') return { items, total: items.length, page: 1, pageSize: Math.max(1, items.length) };
    const { MUNICIPALITY: municipality } = this.settings;
    return this.renderer.renderHtml('reviews/documents/reviews', { title: 'Jaarevaluaties', municipality, items });
  }

  @Get('jaarevaluaties/:id')
  @ForEveryone()
  async read(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(request, ['html', 'json', 'pdf', 'xlsx', 'csv']);
    const review = await this.publication.read(id);
    void reply.header('Vary', 'Accept');
    return format === 'json' ? review : this.documents.send(reply, review, format);
  }

  @Get('jaarevaluatie-concept/:key')
  @BehindMailLink(DRAFT_LINK)
  async draft(@LinkToken() token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const page = await this.drafts.page(token);
    return typeof page === 'string' ? this.linkPages.closed(reply, page, NO_LONGER) : this.show(reply, 200, page);
  }

  /** GET and HEAD change nothing: mail scanners follow links. */
  @Post('jaarevaluatie-concept/:key')
  @HttpCode(200)
  @BehindMailLink(DRAFT_LINK)
  async react(
    @LinkToken() token: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      const page = await this.drafts.react(token, body);
      if (typeof page === 'string') return this.linkPages.closed(reply, page, NO_LONGER);
      return this.show(reply, page.form?.problem ? 400 : 200, page);
    } catch (error) {
      if (!(error instanceof HttpException) || error.getStatus() !== 409) throw error;
      return this.linkPages.closed(reply, 'gone', NO_LONGER);
    }
  }

  private show(reply: FastifyReply, status: number, page: object): string {
    void reply.status(status).type(contentTypeOf('html'));
    return this.renderer.renderHtml('reviews/documents/review', page);
  }
}

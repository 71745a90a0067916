import { Body, Controller, Get, HttpCode, HttpException, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForEveryone } from '../access/requires.js';
import { contentTypeOf, formatOf } from '../common/accept.js';
import { IdPipe } from '../common/ids.js';
import { Renderer } from '../rendering/renderer.js';
import { SETTINGS, type Settings } from '../settings.js';
import { ReviewDocuments } from '../review-documents/review-documents.service.js';
import { ReviewDraftPages } from './review-draft-pages.service.js';
import { ReviewPublication } from './review-publication.service.js';

/** Reviews without signing in: published ones for everyone, and a draft behind the link in a party's mail. */
@ApiExcludeController()
@Controller()
export class PublicReviewsController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly publication: ReviewPublication,
    private readonly documents: ReviewDocuments,
    private readonly drafts: ReviewDraftPages,
    private readonly renderer: Renderer,
  ) {}

  @Get('jaarevaluaties')
  @ForEveryone()
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const format = formatOf(request, ['html', 'json']);
    const items = await this.publication.list();
    void reply.header('Vary', 'Accept').type(contentTypeOf(format));
    if (format === 'json') return { items, total: items.length, page: 1, pageSize: Math.max(1, items.length) };
    const { MUNICIPALITY: municipality } = this.settings;
    return this.renderer.renderHtml('documents/reviews', { title: 'Jaarevaluaties', municipality, items });
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

  @Get('jaarevaluatie-concept/:token')
  @ForEveryone()
  async draft(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const page = await this.drafts.page(token);
    return typeof page === 'string' ? this.closed(reply, page) : this.show(reply, 200, page);
  }

  /** GET and HEAD change nothing: mail scanners follow links. */
  @Post('jaarevaluatie-concept/:token')
  @HttpCode(200)
  @ForEveryone()
  async react(
    @Param('token') token: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      const page = await this.drafts.react(token, body);
      if (typeof page === 'string') return this.closed(reply, page);
      return this.show(reply, page.form?.problem ? 400 : 200, page);
    } catch (error) {
      if (!(error instanceof HttpException) || error.getStatus() !== 409) throw error;
      return this.closed(reply, 'gone');
    }
  }

  private show(reply: FastifyReply, status: number, page: object): string {
    void reply.status(status).type(contentTypeOf('html'));
    return this.renderer.renderHtml('documents/review', page);
  }

  private closed(reply: FastifyReply, why: 'unknown' | 'gone'): string {
    void reply.status(why === 'gone' ? 410 : 404).type(contentTypeOf('html'));
    const [title, words] =
      why === 'gone'
        ? ['Deze link werkt niet meer', 'De jaarevaluatie is definitief, of de tijd om te reageren is voorbij.']
        : ['Deze link kennen wij niet', 'Misschien is de link niet helemaal overgenomen. Open hem vanuit de mail.'];
    const view = { title, paragraphs: [words], municipality: this.settings.MUNICIPALITY };
    return this.renderer.renderHtml('pages/answer-message', view);
  }
}

import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '../platform/access/requires.js';
import { contentTypeOf, formatOf } from '../platform/common/accept.js';
import { dayOf } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import { Describe } from '../platform/common/describe.js';
import { IdPipe } from '../platform/common/ids.js';
import { PagingDto } from '../platform/common/paging.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { type Settings, SETTINGS } from '../platform/settings.js';
import { Publication } from './publication.service.js';
import { toDocument } from './wijkagenda-document.rules.js';

/** What everyone may read without sign-in. */
@Controller('v1/public')
export class PublicController {
  constructor(
    private readonly publication: Publication,
    private readonly renderer: Renderer,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  @Get('wijkagendas')
  @Requires('published')
  @Describe('List published wijkagendas', { also: ['text/html'] })
  async list(
    @Query() query: PagingDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const page = await this.publication.published(query);
    if (formatOf(request, ['json', 'html']) === 'json') return page;
    void reply.type(contentTypeOf('html'));
    const title = `Wijkagenda's van ${this.settings.MUNICIPALITY}`;
    const items = page.items.map((one) => ({ ...one, publishedOn: dayOf(one.publishedAt) }));
    return this.renderer.renderHtml('wijkagenda/documents/wijkagendas', { title, items });
  }

  @Get('wijkagendas/:id')
  @Requires('published')
  @Describe('Read a published wijkagenda', { also: ['text/html'] })
  async read(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.publication.readPublished(id);
    if (formatOf(request, ['json', 'html']) === 'json') return view;
    void reply.type(contentTypeOf('html'));
    const more = { parties: [], warnings: [], isPreview: false, today: this.clock.today() };
    const document = toDocument(view, more);
    return this.renderer.renderHtml('wijkagenda/documents/wijkagenda', document);
  }

  @Get('feed')
  @Requires('published')
  @Describe('Read the published wijkagendas as an Atom feed', { also: ['application/atom+xml'] })
  async feed(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const feed = await this.publication.feed();
    if (formatOf(request, ['feed', 'json']) === 'json') return feed;
    void reply.type(contentTypeOf('feed'));
    return this.renderer.renderHtml('wijkagenda/documents/wijkagenda-feed', feed);
  }
}

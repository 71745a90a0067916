import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '../platform/access/requires.js';
import { contentTypeOf, formatOf, sentToPage } from '../platform/common/accept.js';
import { Describe } from '../platform/common/describe.js';
import { IdPipe } from '../platform/common/ids.js';
import { PagingDto } from '../platform/common/paging.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { Publication } from './publication.service.js';
import { PUBLIC_PAGES, publicWijkagenda } from './public-addresses.js';

/** Published wijkagendas for programs, without sign-in; a browser is sent to the page for people. */
@Controller('v1/public')
export class PublicController {
  constructor(
    private readonly publication: Publication,
    private readonly renderer: Renderer,
  ) {}

  @Get('wijkagendas')
  @Requires('published')
  @Describe('List published wijkagendas', { hasPage: true })
  async list(
    @Query() query: PagingDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const page = await this.publication.published(query);
    return sentToPage(request, reply, PUBLIC_PAGES) ? '' : page;
  }

  @Get('wijkagendas/:id')
  @Requires('published')
  @Describe('Read a published wijkagenda', { hasPage: true })
  async read(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.publication.readPublished(id);
    return sentToPage(request, reply, publicWijkagenda(id)) ? '' : view;
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

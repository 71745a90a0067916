import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '../../platform/access/requires.js';
import { contentTypeOf, formatOf } from '../../platform/common/accept.js';
import { Describe } from '../../platform/common/describe.js';
import { dayOf } from '../../platform/common/calendar-date.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PagingDto } from '../../platform/common/paging.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { quarterInDutch } from './quarterly-results.rules.js';
import { QuarterlyPublication } from './quarterly-publication.service.js';

/** Published results per quarter, without sign-in: as JSON, or as a page. */
@Controller('v1/public/quarterly-results')
export class PublicQuarterlyResultsController {
  constructor(
    private readonly publication: QuarterlyPublication,
    private readonly renderer: Renderer,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  @Requires('published')
  @Describe('List published results per quarter', { also: ['text/html'] })
  async list(
    @Query() query: PagingDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(request, ['json', 'html']);
    const page = await this.publication.published(query);
    void reply.header('Vary', 'Accept');
    if (format === 'json') return page;
    void reply.type(contentTypeOf('html'));
    const items = page.items.map((one) => ({ ...one, quarterName: quarterInDutch(one) }));
    const view = { title: 'Gelukt per kwartaal', municipality: this.settings.MUNICIPALITY, items };
    return this.renderer.renderHtml('wijkagenda/documents/quarterly-results', view);
  }

  @Get(':id')
  @Requires('published')
  @Describe('Read the published results of a quarter', { also: ['text/html'] })
  async read(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(request, ['json', 'html']);
    const view = await this.publication.readPublished(id);
    void reply.header('Vary', 'Accept');
    if (format === 'json') return view;
    void reply.type(contentTypeOf('html'));
    const title = `Gelukt in ${quarterInDutch(view)}: ${view.areaName}`;
    const published = { municipality: this.settings.MUNICIPALITY, publishedOn: dayOf(view.publishedAt) };
    return this.renderer.renderHtml('wijkagenda/documents/quarterly-result', { ...view, ...published, title });
  }
}

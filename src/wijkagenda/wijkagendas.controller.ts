import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { contentTypeOf, formatOf } from '../platform/common/accept.js';
import { besidesJson, type Format } from '../platform/common/media-types.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { NothingPipe } from '../platform/common/nothing.pipe.js';
import { BackgroundWorker } from '../platform/rendering/background-worker.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { Proposal } from './proposal.service.js';
import { Publication } from './publication.service.js';
import { toDocument } from './wijkagenda-document.rules.js';
import { WijkagendaDocument } from './wijkagenda-document.service.js';
import { WALL_MODULE, wijkagendaPdf } from './wijkagenda-pdf.js';
import {
  AdoptWijkagendaDto,
  ChangeWijkagendaDto,
  CreateWijkagendaDto,
  PlaceGoalsDto,
  ProposalDto,
  WijkagendaListDto,
} from './wijkagendas.dto.js';
import { Wijkagendas } from './wijkagendas.service.js';

const FORMATS: Format[] = ['json', 'html', 'pdf'];
const ALSO = besidesJson(FORMATS);

@Controller('v1/wijkagendas')
export class WijkagendasController {
  constructor(
    private readonly wijkagendas: Wijkagendas,
    private readonly publication: Publication,
    private readonly proposal: Proposal,
    private readonly document: WijkagendaDocument,
    private readonly backgroundWorker: BackgroundWorker,
    private readonly renderer: Renderer,
  ) {}

  @Get()
  @Requires('wijkagendas.read')
  @Describe('List wijkagendas')
  list(@Query() query: WijkagendaListDto, @CurrentCaller() caller: Caller) {
    return this.wijkagendas.list(query, caller);
  }

  @Post()
  @Requires('wijkagendas.write')
  @Describe('Create the wijkagenda of an area for a year, as a draft', {
    location: '/v1/wijkagendas',
    never: ['NOT_FOUND'],
  })
  create(@Body() input: CreateWijkagendaDto, @CurrentCaller() caller: Caller) {
    return this.wijkagendas.create(input, caller);
  }

  @Get('proposal')
  @Requires('wijkagendas.write')
  @Describe('Propose a new year from unfinished goals and actions')
  propose(@Query() query: ProposalDto, @CurrentCaller() caller: Caller) {
    return this.proposal.of(query, caller);
  }

  @Get(':id')
  @Requires('wijkagendas.read')
  @Describe('Read a wijkagenda; as HTML or PDF it is a poster', { also: ALSO })
  async read(
    @Param('id', IdPipe) id: string,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(request, FORMATS);
    if (format === 'json') return this.wijkagendas.read(id, caller);
    return this.page(format, reply, await this.document.of(id, caller));
  }

  @Patch(':id')
  @Requires('wijkagendas.write')
  @Describe('Change the introduction or the themes')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeWijkagendaDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.wijkagendas.change(id, input, version, caller);
  }

  @Put(':id/goals')
  @Requires('wijkagendas.write')
  @Describe('Set the goals on it, their order, and which are published')
  placeGoals(
    @Param('id', IdPipe) id: string,
    @Body() input: PlaceGoalsDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.wijkagendas.placeGoals(id, input, version, caller);
  }

  @Put(':id/adoption')
  @Requires('wijkagendas.write')
  @Describe('Adopt a draft in a session, naming the parties')
  adopt(
    @Param('id', IdPipe) id: string,
    @Body() input: AdoptWijkagendaDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.wijkagendas.adopt(id, input, version, caller);
  }

  @Put(':id/closing')
  @Requires('wijkagendas.write')
  @Describe('Close an adopted wijkagenda; it can no longer be changed')
  close(
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
    @Body(NothingPipe) _: unknown,
  ) {
    return this.wijkagendas.close(id, version, caller);
  }

  @Get(':id/publication')
  @Requires('wijkagendas.write')
  @Describe('Preview the page as the public will see it', { also: ALSO })
  async preview(
    @Param('id', IdPipe) id: string,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.publication.preview(id, caller);
    const format = formatOf(request, FORMATS);
    if (format === 'json') return view;
    return this.page(
      format,
      reply,
      toDocument(view, { parties: [], warnings: [], isPreview: true, today: caller.today }),
    );
  }

  @Put(':id/publication')
  @Requires('wijkagendas.write')
  @Describe('Publish an adopted wijkagenda')
  publish(
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
    @Body(NothingPipe) _: unknown,
  ) {
    return this.publication.publish(id, version, caller);
  }

  @Delete(':id/publication')
  @HttpCode(200)
  @Requires('wijkagendas.write')
  @Describe('Withdraw it; from then on it requires sign-in')
  withdraw(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.publication.withdraw(id, version, caller);
  }

  private page(format: Format, reply: FastifyReply, document: ReturnType<typeof toDocument>): string | Promise<Buffer> {
    void reply.type(contentTypeOf(format));
    return format === 'pdf'
      ? this.backgroundWorker.bytes(WALL_MODULE, { wijkagendaPdf }, document)
      : this.renderer.renderHtml('wijkagenda/documents/wijkagenda', document);
  }
}

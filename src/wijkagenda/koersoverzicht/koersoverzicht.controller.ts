import { Body, Controller, Delete, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { contentTypeOf, formatOf } from '../../platform/common/accept.js';
import { Describe } from '../../platform/common/describe.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { IfMatch } from '../../platform/common/etag.js';
import { KoersoverzichtDto, RequestDto } from './koersoverzicht.dto.js';
import { Koersoverzicht } from './koersoverzicht.service.js';
import { KoersoverzichtRequests } from './requests.service.js';

@Controller('v1/koersoverzicht')
export class KoersoverzichtController {
  constructor(
    private readonly koersoverzicht: Koersoverzicht,
    private readonly requests: KoersoverzichtRequests,
    private readonly renderer: Renderer,
  ) {}

  @Get()
  @Requires('koersoverzicht.read')
  @Describe('Read where work is stalled, by area and department', {
    also: ['text/html'],
  })
  async read(
    @Query() query: KoersoverzichtDto,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.koersoverzicht.of(query, caller);
    if (formatOf(request, ['json', 'html']) === 'json') return view;
    void reply.type(contentTypeOf('html'));
    return this.renderer.renderHtml('wijkagenda/documents/koersoverzicht', {
      title: 'Koersoverzicht',
      ...view,
      hasGoals: view.total.goalsOrange !== null,
    });
  }

  @Get('mail')
  @Requires('koersoverzicht.read')
  @Describe('Read your request for the monthly mail')
  readRequest(@CurrentCaller() caller: Caller) {
    return this.requests.read(caller);
  }

  @Post('mail')
  @Requires('koersoverzicht.read')
  @Describe('Request the overview by mail, once a month', { never: ['NOT_FOUND'] })
  ask(@Body() input: RequestDto, @CurrentCaller() caller: Caller) {
    return this.requests.ask(input, caller);
  }

  @Delete('mail')
  @HttpCode(200)
  @Requires('koersoverzicht.read')
  @Describe('Stop the monthly mail')
  stop(@IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.requests.stop(version, caller);
  }
}

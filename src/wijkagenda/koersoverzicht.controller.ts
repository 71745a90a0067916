import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Requires } from '../access/requires.js';
import { contentTypeOf, formatOf } from '../common/accept.js';
import { Describe } from '../common/describe.js';
import { Renderer } from '../rendering/renderer.js';
import { KOERSOVERZICHT_EXAMPLE, KoersoverzichtDto } from './koersoverzicht.dto.js';
import { Koersoverzicht } from './koersoverzicht.service.js';

@Controller('v1/koersoverzicht')
export class KoersoverzichtController {
  constructor(
    private readonly koersoverzicht: Koersoverzicht,
    private readonly renderer: Renderer,
  ) {}

  @Get()
  @Requires('koersoverzicht.read')
  @Describe('See on one screen where areas and departments stand still', KOERSOVERZICHT_EXAMPLE, {
    also: ['text/html'],
  })
  async read(
    @Query() { area }: KoersoverzichtDto,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.koersoverzicht.of(area, caller);
    if (formatOf(request, ['json', 'html']) === 'json') return view;
    void reply.type(contentTypeOf('html'));
    return this.renderer.renderHtml('documents/koersoverzicht', { title: 'Koersoverzicht', ...view });
  }
}

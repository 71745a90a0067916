import { Controller, Get, Param, ParseIntPipe, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { contentTypeOf, formatOf } from '../../platform/common/accept.js';
import { besidesJson, type Format } from '../../platform/common/media-types.js';
import { Describe } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PagingDto } from '../../platform/common/paging.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { fileNameOf, toDocument } from './minutes-document.rules.js';
import { type MinutesView } from '../minutes.dto.js';
import { minutesDocx } from './minutes-docx.js';
import { minutesPdf } from './minutes-pdf.js';
import { MinutesService } from '../minutes.service.js';

const DOCUMENT = 'minutes/documents/minutes';
const FORMATS = ['json', 'html', 'text', 'pdf', 'docx'] as const;
const ALSO = besidesJson(FORMATS);

@Controller('v1/sessions/:id/minutes')
export class MinutesController {
  constructor(
    private readonly minutes: MinutesService,
    private readonly renderer: Renderer,
  ) {}

  @Get()
  @Requires('minutes.read')
  @Describe('Read the minutes of a session', { also: ALSO })
  async read(
    @Param('id', IdPipe) id: string,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(request, FORMATS);
    return this.inFormat(await this.minutes.read(id, caller), format, reply);
  }

  @Get('versions')
  @Requires('minutes.read')
  @Describe('List the versions of the minutes')
  versions(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.minutes.versions(id, query, caller);
  }

  @Get('versions/:number')
  @Requires('minutes.read')
  @Describe('Read one version of the minutes', { also: ALSO })
  async version(
    @Param('id', IdPipe) id: string,
    @Param('number', ParseIntPipe) number: number,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(request, FORMATS);
    return this.inFormat(await this.minutes.read(id, caller, number), format, reply);
  }

  private inFormat(view: MinutesView, format: Format, reply: FastifyReply) {
    if (format === 'json') return view;
    void reply.type(contentTypeOf(format));
    const document = toDocument(view);
    if (format === 'pdf' || format === 'docx') {
      void reply.header('Content-Disposition', `attachment; filename="${fileNameOf(view, format)}"`);
      return format === 'pdf' ? minutesPdf(document) : minutesDocx(document);
    }
    return format === 'html'
      ? this.renderer.renderHtml(DOCUMENT, document)
      : this.renderer.renderText(DOCUMENT, document);
  }
}

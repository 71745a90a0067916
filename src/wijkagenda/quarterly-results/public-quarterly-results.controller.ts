import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '../../platform/access/requires.js';
import { sentToPage } from '../../platform/common/accept.js';
import { Describe } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PUBLIC_QUARTERS, publicQuarter } from '../public-addresses.js';
import { QuarterlyPublication } from './quarterly-publication.service.js';

/** Published results per quarter for programs, without sign-in; a browser is sent to the page for people. */
@Controller('v1/public/quarterly-results')
export class PublicQuarterlyResultsController {
  constructor(private readonly publication: QuarterlyPublication) {}

  @Get()
  @Requires('published')
  @Describe('List published results per quarter', { hasPage: true })
  async list(
    @Query() query: PagingDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const page = await this.publication.published(query);
    return sentToPage(request, reply, PUBLIC_QUARTERS) ? '' : page;
  }

  @Get(':id')
  @Requires('published')
  @Describe('Read the published results of a quarter', { hasPage: true })
  async read(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const view = await this.publication.readPublished(id);
    return sentToPage(request, reply, publicQuarter(id)) ? '' : view;
  }
}

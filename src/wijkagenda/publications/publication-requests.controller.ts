import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PublicationRequestDto } from './publication-requests.dto.js';
import { PublicationRequests } from './publication-requests.service.js';

@Controller('v1/publication-requests')
export class PublicationRequestsController {
  constructor(private readonly requests: PublicationRequests) {}

  @Get()
  @Requires('me.read')
  @Describe('List your requests for a mail when something is published')
  list(@Query() paging: PagingDto, @CurrentCaller() caller: Caller) {
    return this.requests.list(paging, caller);
  }

  @Post()
  @Requires('publications.ask')
  @Describe('Request a mail when results of a quarter or final reviews are published')
  ask(@Body() input: PublicationRequestDto, @CurrentCaller() caller: Caller) {
    return this.requests.ask(input, caller);
  }

  @Delete(':id')
  @HttpCode(200)
  @Requires('me.write')
  @Describe('Delete such a request')
  stop(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.requests.stop(id, version, caller);
  }
}

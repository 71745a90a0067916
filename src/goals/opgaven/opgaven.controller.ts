import { Body, Controller, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { NothingPipe } from '../../platform/common/nothing.pipe.js';
import { PagingDto } from '../../platform/common/paging.js';
import { AddLineDto } from '../party-lines.dto.js';
import { ChangeOpgaveDto, CreateOpgaveDto, OpgaveListDto } from './opgaven.dto.js';
import { Opgaven } from './opgaven.service.js';

@Controller('v1/opgaven')
export class OpgavenController {
  constructor(private readonly opgaven: Opgaven) {}

  @Get()
  @Requires('opgaven.read')
  @Describe('List opgaven')
  list(@Query() query: OpgaveListDto) {
    return this.opgaven.list(query);
  }

  @Post()
  @Requires('opgaven.write')
  @Describe('Add an opgave with at least two departments', { location: '/v1/opgaven', never: ['NOT_FOUND'] })
  create(@Body() input: CreateOpgaveDto, @CurrentCaller() caller: Caller) {
    return this.opgaven.create(input, caller);
  }

  @Get(':id')
  @Requires('opgaven.read')
  @Describe('Read an opgave')
  read(@Param('id', IdPipe) id: string) {
    return this.opgaven.read(id);
  }

  @Patch(':id')
  @Requires('opgaven.write')
  @Describe('Change an opgave; a changed part must be confirmed again')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeOpgaveDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.opgaven.change(id, input, version, caller);
  }

  @Put(':id/departments/:organisationId/confirmation')
  @Requires('opgaven.answer')
  @Describe('Confirm the part of your department')
  confirm(
    @Param('id', IdPipe) id: string,
    @Param('organisationId', IdPipe) organisationId: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
    @Body(NothingPipe) _: unknown,
  ) {
    return this.opgaven.confirm(id, organisationId, version, caller);
  }

  @Get(':id/lines')
  @Requires('opgaven.read')
  @Describe('List the dated lines of the parties')
  lines(@Param('id', IdPipe) id: string, @Query() query: PagingDto) {
    return this.opgaven.lines(id, query);
  }

  @Post(':id/lines')
  @Requires('opgaven.answer')
  @Describe('Add a dated line for your organisation')
  addLine(@Param('id', IdPipe) id: string, @Body() input: AddLineDto, @CurrentCaller() caller: Caller) {
    return this.opgaven.addLine(id, input, caller);
  }
}

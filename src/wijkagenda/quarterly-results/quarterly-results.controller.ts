import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ChangeQuarterlyResultDto, CreateQuarterlyResultDto, QuarterlyResultListDto } from './quarterly-results.dto.js';
import { QuarterlyResults } from './quarterly-results.service.js';
import { QuarterlyPublication } from './quarterly-publication.service.js';
import { QuarterlySending } from './quarterly-sending.service.js';

@Controller('v1/quarterly-results')
export class QuarterlyResultsController {
  constructor(
    private readonly results: QuarterlyResults,
    private readonly sending: QuarterlySending,
    private readonly publication: QuarterlyPublication,
  ) {}

  @Get()
  @Requires('reviews.read')
  @Describe('List results per quarter: sent ones, and drafts in your areas')
  list(@Query() query: QuarterlyResultListDto, @CurrentCaller() caller: Caller) {
    return this.results.list(query, caller);
  }

  @Post()
  @Requires('reviews.write')
  @Describe('Create the draft of a quarter from its result lines', {
    location: '/v1/quarterly-results',
    never: ['NOT_FOUND'],
  })
  create(@Body() input: CreateQuarterlyResultDto, @CurrentCaller() caller: Caller) {
    return this.results.create(input, caller);
  }

  @Get(':id')
  @Requires('reviews.read')
  @Describe('Read the results of a quarter')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.results.read(id, caller);
  }

  @Patch(':id')
  @Requires('reviews.write')
  @Describe('Strike, reword and reorder the lines of a draft')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeQuarterlyResultDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.results.change(id, input, version, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('reviews.write')
  @Describe('Discard a draft')
  remove(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.results.remove(id, version, caller);
  }

  @Put(':id/sending')
  @Requires('reviews.write')
  @Describe('Send a draft to the parties of the area, once')
  send(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.sending.send(id, version, caller);
  }

  @Put(':id/publication')
  @Requires('reviews.write')
  @Describe('Publish sent results, limited to those of public actions')
  publish(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.publication.put(id, version, caller, true);
  }

  @Delete(':id/publication')
  @Requires('reviews.write')
  @Describe('Withdraw published results at once')
  withdraw(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.publication.put(id, version, caller, false);
  }
}

import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ChangeGrantDto, CreateGrantDto, GrantListDto } from './grants.dto.js';
import { Grants } from './grants.service.js';

@Controller('v1/grants')
export class GrantsController {
  constructor(private readonly grants: Grants) {}

  @Get()
  @Requires('grants.read')
  @Describe('List the roles granted to people')
  list(@Query() query: GrantListDto) {
    return this.grants.list(query);
  }

  @Post()
  @Requires('grants.write')
  @Describe('Grant a person a role in an area', { location: '/v1/grants' })
  create(@Body() input: CreateGrantDto, @CurrentCaller() caller: Caller) {
    return this.grants.create(input, caller);
  }

  @Get(':id')
  @Requires('grants.read')
  @Describe('Read a grant')
  read(@Param('id', IdPipe) id: string) {
    return this.grants.read(id);
  }

  @Patch(':id')
  @Requires('grants.write')
  @Describe('Set or clear the last day of a grant')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeGrantDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.grants.change(id, input, version, caller);
  }
}

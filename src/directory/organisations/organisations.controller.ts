import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ChangeOrganisationDto, CreateOrganisationDto, OrganisationListDto } from './organisations.dto.js';
import { Organisations } from './organisations.service.js';

@Controller('v1/organisations')
export class OrganisationsController {
  constructor(private readonly organisations: Organisations) {}

  @Get()
  @Requires('organisations.read')
  @Describe('List organisations')
  list(@Query() query: OrganisationListDto) {
    return this.organisations.list(query);
  }

  @Post()
  @Requires('organisations.write')
  @Describe('Add an organisation', { location: '/v1/organisations', never: ['NOT_FOUND'] })
  create(@Body() input: CreateOrganisationDto, @CurrentCaller() caller: Caller) {
    return this.organisations.create(input, caller);
  }

  @Get(':id')
  @Requires('organisations.read')
  @Describe('Read an organisation')
  read(@Param('id', IdPipe) id: string) {
    return this.organisations.read(id);
  }

  @Patch(':id')
  @Requires('organisations.write')
  @Describe('Change an organisation')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeOrganisationDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.organisations.change(id, input, version, caller);
  }
}

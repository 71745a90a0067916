import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PagingDto } from '../../platform/common/paging.js';
import { ChangeMembershipDto, CreateMembershipDto } from './memberships.dto.js';
import { Memberships } from './memberships.service.js';
import { WHO_GETS_MAIL } from './contacts.dto.js';

@Controller('v1')
export class MembershipsController {
  constructor(private readonly memberships: Memberships) {}

  @Get('people/:id/memberships')
  @Requires('people.read')
  @Describe('List the organisations of a person')
  list(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.memberships.list(id, query, caller);
  }

  @Post('people/:id/memberships')
  @Requires('people.write')
  @Describe('Make a person a member of an organisation', {
    location: '/v1/memberships',
    rules: WHO_GETS_MAIL,
  })
  create(@Param('id', IdPipe) id: string, @Body() input: CreateMembershipDto, @CurrentCaller() caller: Caller) {
    return this.memberships.create(id, input, caller);
  }

  @Get('memberships/:id')
  @Requires('people.read')
  @Describe('Read a membership')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.memberships.read(id, caller);
  }

  @Patch('memberships/:id')
  @Requires('people.write')
  @Describe('Change the function in a membership, or end it')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeMembershipDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.memberships.change(id, input, version, caller);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PagingDto } from '../../platform/common/paging.js';
import { ClientTokens } from './client-tokens.service.js';
import { ChangeClientDto, ClientListDto, CreateClientDto, CreateClientTokenDto } from './clients.dto.js';
import { Clients } from './clients.service.js';

@Controller('v1/clients')
export class ClientsController {
  constructor(
    private readonly clients: Clients,
    private readonly tokens: ClientTokens,
  ) {}

  @Get()
  @Requires('clients.read')
  @Describe('List the clients: external systems, with their permissions')
  list(@Query() query: ClientListDto) {
    return this.clients.list(query);
  }

  @Post()
  @Requires('clients.write')
  @Describe('Add a client, with named permissions in an area', { location: '/v1/clients' })
  create(@Body() input: CreateClientDto, @CurrentCaller() caller: Caller) {
    return this.clients.create(input, caller);
  }

  @Get(':id')
  @Requires('clients.read')
  @Describe('Read a client')
  read(@Param('id', IdPipe) id: string) {
    return this.clients.read(id);
  }

  @Patch(':id')
  @Requires('clients.write')
  @Describe('Change the name, contact or permissions of a client')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeClientDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.clients.change(id, input, version, caller);
  }

  @Put(':id/ending')
  @Requires('clients.write')
  @Describe('End a client permanently: none of its tokens work any more')
  end(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.clients.end(id, version, caller);
  }

  @Get(':id/tokens')
  @Requires('clients.read')
  @Describe('List the valid tokens of a client, without their secrets')
  listTokens(@Param('id', IdPipe) id: string, @Query() paging: PagingDto) {
    return this.tokens.list(id, paging);
  }

  @Post(':id/tokens')
  @Requires('clients.write')
  @Describe('Create a token for a client; only this response contains its secret')
  issue(@Param('id', IdPipe) id: string, @Body() { days }: CreateClientTokenDto, @CurrentCaller() caller: Caller) {
    return this.tokens.issue(id, days, caller);
  }

  @Delete(':id/tokens/:tokenId')
  @HttpCode(204)
  @Requires('clients.write')
  @Describe('Revoke a token of a client')
  revoke(
    @Param('id', IdPipe) id: string,
    @Param('tokenId', IdPipe) tokenId: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.tokens.revoke(id, tokenId, version, caller);
  }
}

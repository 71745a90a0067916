import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { IsInt, Max, Min } from 'class-validator';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe, listOf } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { IsLine, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { type TokenRow, Tokens } from './tokens.service.js';

export class CreateTokenDto {
  @IsLine(100)
  name: string;
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(366)
  days: number = 90;
}

const TOKEN_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000001',
  name: 'Koppeling zaaksysteem',
  createdAt: '2026-06-01T08:00:00.000Z',
  expiresAt: '2026-08-30T08:00:00.000Z',
  lastUsedAt: null,
  version: 1,
} satisfies TokenRow;

@Controller('v1/tokens')
export class TokensController {
  constructor(private readonly tokens: Tokens) {}

  @Get()
  @Requires('tokens.own')
  @Describe('List your API tokens, without their secrets', listOf(TOKEN_EXAMPLE))
  list(@Query() paging: PagingDto, @CurrentCaller() caller: Caller) {
    return this.tokens.list(paging, caller);
  }

  @Post()
  @Requires('tokens.own')
  @Describe('Create an API token; only this response contains its secret', { ...TOKEN_EXAMPLE, token: 'wa_…' })
  create(@Body() { name, days }: CreateTokenDto, @CurrentCaller() caller: Caller) {
    return this.tokens.issue(caller.personId, name, days, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('tokens.own')
  @Describe('Revoke an API token')
  revoke(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.tokens.revoke(id, version, caller);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { IsInt, Max, Min } from 'class-validator';
import { asPerson, type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { IsLine, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { Tokens } from './tokens.service.js';

export class CreateTokenDto {
  /** What the token is for, to recognise it in the list. */
  @IsLine(100)
  name: string;
  /** How long it is valid, in days. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(366)
  days: number = 90;
}

@Controller('v1/tokens')
export class TokensController {
  constructor(private readonly tokens: Tokens) {}

  @Get()
  @Requires('tokens.own')
  @Describe('List your API tokens, without their secrets')
  list(@Query() paging: PagingDto, @CurrentCaller() caller: Caller) {
    return this.tokens.list(paging, caller);
  }

  @Post()
  @Requires('tokens.own')
  @Describe('Create an API token; only this response contains its secret')
  create(@Body() { name, days }: CreateTokenDto, @CurrentCaller() caller: Caller) {
    return this.tokens.issue(asPerson(caller).personId, name, days, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('tokens.own')
  @Describe('Revoke an API token')
  revoke(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.tokens.revoke(id, version, caller);
  }
}

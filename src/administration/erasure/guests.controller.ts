import { Controller, Get, Param, Put, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { GuestListDto } from './guests.dto.js';
import { Guests } from './guests.service.js';

@Controller('v1/guests')
export class GuestsController {
  constructor(private readonly guests: Guests) {}

  @Get()
  @Requires('erasure.read')
  @Describe('List people without an account who attended a session, by name')
  list(@Query() query: GuestListDto, @CurrentCaller() caller: Caller) {
    return this.guests.list(query, caller);
  }

  @Get(':id')
  @Requires('erasure.read')
  @Describe('Read a guest of a session')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.guests.read(id, caller);
  }

  @Put(':id/erasure')
  @Requires('erasure.write')
  @Describe('Permanently erase the name of a guest')
  erase(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.guests.erase(id, version, caller);
  }
}

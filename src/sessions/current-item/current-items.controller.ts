import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PutCurrentItemDto } from './current-items.dto.js';
import { CurrentItems } from './current-items.service.js';

const RULES =
  'For those who write in the session. Uses the ETag of the session, which does not change: the last request wins. ' +
  'While a confidential item is current, the screen of the room shows only "Besloten deel".';

@Controller('v1/sessions/:id/current-item')
export class CurrentItemsController {
  constructor(private readonly current: CurrentItems) {}

  @Get()
  @Requires('sessions.write')
  @Describe('Read the current item of a session')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.current.read(id, caller);
  }

  @Put()
  @Requires('sessions.write')
  @Describe('Set the current item of an open session: an agenda item, or a part', { rules: RULES })
  put(
    @Param('id', IdPipe) id: string,
    @Body() input: PutCurrentItemDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.current.put(id, input, version, caller);
  }

  @Delete()
  @Requires('sessions.write')
  @Describe('Clear the current item')
  clear(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.current.clear(id, version, caller);
  }
}

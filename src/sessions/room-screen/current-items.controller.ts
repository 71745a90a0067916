import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PutCurrentItemDto } from './current-items.dto.js';
import { CurrentItems } from './current-items.service.js';

const RULES =
  'For those who write in the session. It takes the ETag of the session, which does not change: the last press counts. ' +
  'While a confidential item is at hand, the screen of the room shows only "Besloten deel".';

@Controller('v1/sessions/:id/current-item')
export class CurrentItemsController {
  constructor(private readonly current: CurrentItems) {}

  @Get()
  @Requires('sessions.write')
  @Describe('Read what is at hand in a session')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.current.read(id, caller);
  }

  @Put()
  @Requires('sessions.write')
  @Describe('Say what is at hand in an open session: an item, or a part', { rules: RULES })
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
  @Describe('Say that nothing is at hand')
  clear(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.current.clear(id, version, caller);
  }
}

import { Body, Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { PutPartiesDto } from './item-parties.dto.js';
import { ItemRemoval } from './item-removal.service.js';
import { ItemParties } from './item-parties.service.js';

@Controller('v1/agenda-items/:id')
export class ItemPartiesController {
  constructor(
    private readonly parties: ItemParties,
    private readonly removal: ItemRemoval,
  ) {}

  @Delete()
  @HttpCode(204)
  @Requires('sessions.write')
  @Describe('Take an item off the agenda, if nothing was recorded under it')
  remove(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.removal.remove(id, version, caller);
  }

  @Put('parties')
  @Requires('sessions.plan')
  @Describe('Set the organisations that may know a confidential item; its actions follow')
  put(
    @Param('id', IdPipe) id: string,
    @Body() { partyIds }: PutPartiesDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.parties.put(id, partyIds, version, caller);
  }
}

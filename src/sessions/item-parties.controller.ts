import { Body, Controller, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { PutPartiesDto } from './item-parties.dto.js';
import { ItemParties } from './item-parties.service.js';

@Controller('v1/agenda-items/:id/parties')
export class ItemPartiesController {
  constructor(private readonly parties: ItemParties) {}

  @Put()
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

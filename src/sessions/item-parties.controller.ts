import { Body, Controller, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Requires } from '../access/requires.js';
import { Describe } from '../common/describe.js';
import { IfMatch } from '../common/etag.js';
import { IdPipe } from '../common/ids.js';
import { AGENDA_ITEM_EXAMPLE } from '../agenda/agenda-items.dto.js';
import { PutPartiesDto } from './item-parties.dto.js';
import { ItemParties } from './item-parties.service.js';

@Controller('v1/agenda-items/:id/parties')
export class ItemPartiesController {
  constructor(private readonly parties: ItemParties) {}

  @Put()
  @Requires('sessions.write')
  @Describe('Say which organisations may know a confidential item; its actions follow', AGENDA_ITEM_EXAMPLE)
  put(
    @Param('id', IdPipe) id: string,
    @Body() { partyIds }: PutPartiesDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.parties.put(id, partyIds, version, caller);
  }
}

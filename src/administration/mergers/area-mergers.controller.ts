import { Body, Controller, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { MergeAreaDto } from './mergers.dto.js';
import { AreaMergers } from './area-mergers.service.js';

@Controller('v1/areas')
export class AreaMergersController {
  constructor(private readonly mergers: AreaMergers) {}

  @Put(':id/merger')
  @Requires('areas.write')
  @Describe('Merge an area into another from today; the old id stays readable and names the new one')
  merge(
    @Param('id', IdPipe) id: string,
    @Body() { intoId }: MergeAreaDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.mergers.merge(id, intoId, version, caller);
  }
}

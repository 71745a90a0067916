import { Body, Controller, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { MergeOrganisationDto } from './mergers.dto.js';
import { Mergers } from './mergers.service.js';

@Controller('v1/organisations')
export class MergersController {
  constructor(private readonly mergers: Mergers) {}

  @Put(':id/merger')
  @Requires('organisations.merge')
  @Describe('Merge an organisation into another; the old id stays readable and names the new one')
  merge(
    @Param('id', IdPipe) id: string,
    @Body() input: MergeOrganisationDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.mergers.merge(id, input, version, caller);
  }
}

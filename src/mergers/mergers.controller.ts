import { Body, Controller, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Requires } from '../access/requires.js';
import { Describe } from '../common/describe.js';
import { IfMatch } from '../common/etag.js';
import { IdPipe } from '../common/ids.js';
import { ORGANISATION_EXAMPLE } from '../organisations/organisations.dto.js';
import { MergeOrganisationDto } from './mergers.dto.js';
import { Mergers } from './mergers.service.js';

@Controller('v1/organisations')
export class MergersController {
  constructor(private readonly mergers: Mergers) {}

  @Put(':id/merger')
  @Requires('organisations.merge')
  @Describe('Merge an organisation into another; it keeps answering and names that one', ORGANISATION_EXAMPLE)
  merge(
    @Param('id', IdPipe) id: string,
    @Body() input: MergeOrganisationDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.mergers.merge(id, input, version, caller);
  }
}

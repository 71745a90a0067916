import { Body, Controller, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { MinutesDestruction } from './minutes-destruction.service.js';
import { MinutesRedaction } from './minutes-redaction.service.js';
import { DestructionDto, RedactionDto } from './removals.dto.js';

@Controller('v1/sessions/:id/minutes')
export class RemovalsController {
  constructor(
    private readonly redaction: MinutesRedaction,
    private readonly destruction: MinutesDestruction,
  ) {}

  @Put('redaction')
  @Requires('minutes.redact')
  @Describe('Redact words in minutes already sent, stating the ground (weglakken)')
  redact(
    @Param('id', IdPipe) id: string,
    @Body() input: RedactionDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.redaction.redact(id, input, version, caller);
  }

  @Put('destruction')
  @Requires('minutes.destroy')
  @Describe('Destroy the text of minutes after their retention period, stating the ground (vernietiging)')
  destroy(
    @Param('id', IdPipe) id: string,
    @Body() input: DestructionDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.destruction.destroy(id, input, version, caller);
  }
}

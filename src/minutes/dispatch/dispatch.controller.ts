import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { DispatchReports } from './dispatch-reports.service.js';
import { SendMinutesDto } from './dispatch.dto.js';
import { HeldMinutes } from './held-minutes.service.js';

@Controller('v1/sessions/:id/minutes/dispatch')
export class DispatchController {
  constructor(
    private readonly held: HeldMinutes,
    private readonly reports: DispatchReports,
  ) {}

  @Get()
  @Requires('minutes.read')
  @Describe('Read the recipients of the minutes and the delivery state')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.reports.read(id, caller);
  }

  @Put()
  @Requires('minutes.write')
  @Describe('Send the minutes to participants, informed organisations and owners of new actions', {
    rules:
      'With `holdMinutes` they are sent after that many minutes, unless they are held back or sent again before then.',
  })
  send(
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
    @Body() { holdMinutes = 0 }: SendMinutesDto,
  ) {
    return this.held.send(id, version, holdMinutes, caller);
  }

  @Delete()
  @HttpCode(204)
  @Requires('minutes.write')
  @Describe('Hold back minutes that are waiting to be sent')
  stop(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller): Promise<void> {
    return this.held.stop(id, version, caller);
  }
}

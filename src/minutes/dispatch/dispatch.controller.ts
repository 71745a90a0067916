import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { NothingPipe } from '../../platform/common/nothing.pipe.js';
import { DispatchReports } from './dispatch-reports.service.js';
import { Dispatch } from './dispatch.service.js';

@Controller('v1/sessions/:id/minutes/dispatch')
export class DispatchController {
  constructor(
    private readonly dispatch: Dispatch,
    private readonly reports: DispatchReports,
  ) {}

  @Get()
  @Requires('minutes.read')
  @Describe('Read to whom the minutes were sent, and the delivery state')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.reports.read(id, caller);
  }

  @Put()
  @Requires('minutes.write')
  @Describe('Send the minutes to participants, informed organisations and owners of new actions')
  send(
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
    @Body(NothingPipe) _: unknown,
  ) {
    return this.dispatch.send(id, version, caller);
  }
}

import { Body, Controller, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { EndMeetingDto } from './meeting-endings.dto.js';
import { MeetingEndings } from './meeting-endings.service.js';

@Controller('v1/meetings')
export class MeetingEndingsController {
  constructor(private readonly endings: MeetingEndings) {}

  @Put(':id/ending')
  @Requires('meetings.write')
  @Describe('End a meeting: its open actions move to another meeting, continue without one, or are cancelled', {
    rules: 'Without a meeting an action stays in the lists and digests of its owner, and no session takes it over.',
  })
  end(
    @Param('id', IdPipe) id: string,
    @Body() input: EndMeetingDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.endings.end(id, input, version, caller);
  }
}

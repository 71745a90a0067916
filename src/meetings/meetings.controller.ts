import { Controller, Get, Param, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IdPipe } from '../platform/common/ids.js';
import { MeetingListDto } from './meetings.dto.js';
import { Meetings } from './meetings.service.js';

@Controller('v1/meetings')
export class MeetingsController {
  constructor(private readonly meetings: Meetings) {}

  @Get()
  @Requires('meetings.read')
  @Describe('List the meetings visible to you')
  list(@Query() query: MeetingListDto, @CurrentCaller() caller: Caller) {
    return this.meetings.list(query, caller);
  }

  @Get(':id')
  @Requires('meetings.read')
  @Describe('Read a meeting')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.meetings.read(id, caller);
  }
}

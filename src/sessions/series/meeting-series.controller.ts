import { Body, Controller, Param, Patch, Post } from '@nestjs/common';
import { ChangeMeetingDto, CreateMeetingDto } from '../../meetings/meetings.dto.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { MeetingSeries } from './meeting-series.service.js';

@Controller('v1/meetings')
export class MeetingSeriesController {
  constructor(private readonly series: MeetingSeries) {}

  @Post()
  @Requires('meetings.write')
  @Describe('Start a meeting in an area; you become one of its chairs', {
    location: '/v1/meetings',
    never: ['NOT_FOUND'],
    rules: 'It takes the open actions of its area, and of areas below without a meeting, that no meeting discusses.',
  })
  create(@Body() input: CreateMeetingDto, @CurrentCaller() caller: Caller) {
    return this.series.start(input, caller);
  }

  @Patch(':id')
  @Requires('meetings.write')
  @Describe('Change a meeting')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeMeetingDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.series.change(id, input, version, caller);
  }
}

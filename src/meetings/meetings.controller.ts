import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { ChangeMeetingDto, CreateMeetingDto, MeetingListDto } from './meetings.dto.js';
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

  @Post()
  @Requires('meetings.write')
  @Describe('Start a meeting in an area; you become one of its chairs', {
    location: '/v1/meetings',
    never: ['NOT_FOUND'],
  })
  create(@Body() input: CreateMeetingDto, @CurrentCaller() caller: Caller) {
    return this.meetings.create(input, caller);
  }

  @Get(':id')
  @Requires('meetings.read')
  @Describe('Read a meeting')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.meetings.read(id, caller);
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
    return this.meetings.change(id, input, version, caller);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PagingDto } from '../../platform/common/paging.js';
import { CreateCalendarFeedDto } from './calendar-feeds.dto.js';
import { CalendarFeeds } from './calendar-feeds.service.js';

@Controller('v1/calendar-feeds')
export class CalendarFeedsController {
  constructor(private readonly feeds: CalendarFeeds) {}

  @Get()
  @Requires('calendars.own')
  @Describe('List your calendar feeds, without their URLs')
  list(@Query() paging: PagingDto, @CurrentCaller() caller: Caller) {
    return this.feeds.list(paging, caller);
  }

  @Post()
  @Requires('calendars.own')
  @Describe('Create a calendar feed; its URL is shown in this response only')
  create(@Body() input: CreateCalendarFeedDto, @CurrentCaller() caller: Caller) {
    return this.feeds.create(input, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('calendars.own')
  @Describe('Delete a calendar feed; its URL stops working')
  remove(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.feeds.remove(id, version, caller);
  }
}

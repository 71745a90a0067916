import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { ChangeDiscussionDto, DiscussionListDto } from './discussions.dto.js';
import { Discussions } from './discussions.service.js';

@Controller('v1')
export class DiscussionsController {
  constructor(private readonly discussions: Discussions) {}

  @Get('sessions/:id/discussions')
  @Requires('sessions.read')
  @Describe('List the actions a session took over, urgent ones first')
  list(@Param('id', IdPipe) id: string, @Query() query: DiscussionListDto, @CurrentCaller() caller: Caller) {
    return this.discussions.list(id, query, caller);
  }

  @Patch('discussions/:id')
  @Requires('sessions.write')
  @Describe('Record how an action was discussed')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeDiscussionDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.discussions.change(id, input, version, caller);
  }
}

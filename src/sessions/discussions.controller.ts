import { Body, Controller, Delete, Get, Param, Patch, Put, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { NothingPipe } from '../platform/common/nothing.pipe.js';
import {
  type AcceptanceUndoView,
  ChangeDiscussionDto,
  DiscussionListDto,
  type ReportedAcceptanceView,
} from './discussions.dto.js';
import { Discussions } from './discussions.service.js';
import { TreatmentUndo } from './treatment-undo.service.js';

@Controller('v1')
export class DiscussionsController {
  constructor(
    private readonly discussions: Discussions,
    private readonly treatments: TreatmentUndo,
  ) {}

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

  @Delete('discussions/:id/treatment')
  @Requires('sessions.write')
  @Describe('Undo the last answer about an action while the session is open', {
    rules:
      'The outcome and note are restored, and so is the action if an update was recorded with it, unless it was ' +
      'changed since (409 `ACTION_CHANGED_SINCE`). A note that was edited since is kept.',
  })
  undo(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.treatments.undo(id, version, caller);
  }

  @Put('sessions/:id/reported-acceptance')
  @Requires('sessions.write')
  @Describe('Accept all actions reported done that have no outcome yet')
  async accept(
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
    @Body(NothingPipe) _: unknown,
  ): Promise<ReportedAcceptanceView> {
    return { accepted: await this.discussions.acceptReported(id, caller, version) };
  }

  @Delete('sessions/:id/reported-acceptance')
  @Requires('sessions.write')
  @Describe('Undo the acceptance of the actions reported done, while the session is open')
  async undoAcceptance(
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ): Promise<AcceptanceUndoView> {
    return { takenBack: await this.treatments.undoAccepted(id, version, caller) };
  }
}

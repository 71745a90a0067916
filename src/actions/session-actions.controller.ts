import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IdPipe } from '../platform/common/ids.js';
import { ActionListDto, CreateSessionActionDto, CONFIDENTIAL_PARTIES } from './actions.dto.js';
import { Actions } from './actions.service.js';

@Controller('v1/sessions')
export class SessionActionsController {
  constructor(private readonly actions: Actions) {}

  @Get(':id/actions')
  @Requires('actions.read')
  @Describe('List the actions recorded in a session, including incomplete ones')
  list(@Param('id', IdPipe) id: string, @Query() query: ActionListDto, @CurrentCaller() caller: Caller) {
    return this.actions.listOfSession(id, query, caller);
  }

  @Post(':id/actions')
  @Requires('actions.write')
  @Describe('Record an action in an open session; owner and deadline may follow', {
    location: '/v1/actions',
    rules: CONFIDENTIAL_PARTIES,
  })
  record(@Param('id', IdPipe) id: string, @Body() input: CreateSessionActionDto, @CurrentCaller() caller: Caller) {
    return this.actions.recordInSession(id, input, caller);
  }
}

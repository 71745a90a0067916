import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ProposedSessionListDto } from './proposed-sessions.dto.js';
import { ProposedSessions } from './proposed-sessions.service.js';
import { Meetings } from '../../meetings/meetings.service.js';
import {
  ChangeSessionDto,
  CreateSessionDto,
  MeetingSessionListDto,
  SessionListDto,
} from '../../meetings/sessions.dto.js';
import { SessionPlanning } from './session-planning.service.js';
import { Sessions } from './sessions.service.js';

@Controller('v1')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly planning: SessionPlanning,
    private readonly meetings: Meetings,
    private readonly proposed: ProposedSessions,
  ) {}

  @Get('sessions')
  @Requires('sessions.read')
  @Describe('List the sessions visible to you')
  list(@Query() query: SessionListDto, @CurrentCaller() caller: Caller) {
    return this.sessions.list(query, caller);
  }

  @Get('meetings/:id/sessions')
  @Requires('sessions.read')
  @Describe('List the sessions of a meeting')
  async listOfMeeting(
    @Param('id', IdPipe) id: string,
    @Query() query: MeetingSessionListDto,
    @CurrentCaller() caller: Caller,
  ) {
    await this.meetings.read(id, caller);
    return this.sessions.list({ ...query, meeting: id }, caller);
  }

  @Post('meetings/:id/sessions')
  @Requires('sessions.plan')
  @Describe('Plan a session, with the default agenda of its meeting', { location: '/v1/sessions' })
  plan(@Param('id', IdPipe) id: string, @Body() input: CreateSessionDto, @CurrentCaller() caller: Caller) {
    return this.planning.plan(id, input, caller);
  }

  @Get('meetings/:id/proposed-sessions')
  @Requires('sessions.read')
  @Describe('List the next sessions proposed by the rhythm of a meeting')
  propose(
    @Param('id', IdPipe) id: string,
    @Query() { count }: ProposedSessionListDto,
    @CurrentCaller() caller: Caller,
  ) {
    return this.proposed.list(id, count, caller);
  }

  @Get('sessions/:id')
  @Requires('sessions.read')
  @Describe('Read a session')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.sessions.read(id, caller);
  }

  @Patch('sessions/:id')
  @Requires('sessions.plan')
  @Describe('Change or move a session; moving keeps its id')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeSessionDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.planning.change(id, input, version, caller);
  }
}

import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { ChangeInvitationDto, CreateInvitationDto, InvitationListDto } from './invitations.dto.js';
import { Invitations } from './invitations.service.js';

@Controller('v1')
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Get('meetings/:id/invitations')
  @Requires('meetings.read')
  @Describe('List the invitations to a meeting')
  list(@Param('id', IdPipe) id: string, @Query() query: InvitationListDto, @CurrentCaller() caller: Caller) {
    return this.invitations.list(id, query, caller);
  }

  @Post('meetings/:id/invitations')
  @Requires('meetings.write')
  @Describe('Invite an organisation, or appoint a chair')
  create(@Param('id', IdPipe) id: string, @Body() input: CreateInvitationDto, @CurrentCaller() caller: Caller) {
    return this.invitations.create(id, input, caller);
  }

  @Patch('invitations/:id')
  @Requires('meetings.write')
  @Describe('Change the person, role or last day of an invitation')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeInvitationDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.invitations.change(id, input, version, caller);
  }
}

import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { NothingPipe } from '../../platform/common/nothing.pipe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { SessionInvitations } from './session-invitations.service.js';

@Controller('v1/sessions/:id/invitation')
export class SessionInvitationsController {
  constructor(private readonly invitations: SessionInvitations) {}

  @Get()
  @Requires('sessions.read')
  @Describe('Read when the invitation was sent, and the delivery state of its mails')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.invitations.read(id, caller);
  }

  @Put()
  @Requires('sessions.plan')
  @Describe('Send or resend the invitation, with the ETag of the session')
  send(
    @Param('id', IdPipe) id: string,
    @Body(NothingPipe) _: unknown,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.invitations.send(id, version, caller);
  }
}

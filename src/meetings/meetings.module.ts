import { Module } from '@nestjs/common';
import { AreasModule } from '../directory/areas/areas.module.js';
import { OrganisationsModule } from '../directory/organisations/organisations.module.js';
import { InvitationsController } from './invitations.controller.js';
import { Invitations } from './invitations.service.js';
import { MeetingsController } from './meetings.controller.js';
import { Meetings } from './meetings.service.js';
import { Participants } from './participants.service.js';
import { ProposedSessions } from '../sessions/planning/proposed-sessions.service.js';
import { SessionHooks } from './session-hooks.js';
import { SessionViews } from './session-views.service.js';
import { SessionsController } from '../sessions/planning/sessions.controller.js';
import { Sessions } from '../sessions/planning/sessions.service.js';

const OFFERED = [SessionHooks, Participants, Meetings, Sessions, SessionViews, ProposedSessions];

@Module({
  imports: [AreasModule, OrganisationsModule],
  controllers: [MeetingsController, InvitationsController, SessionsController],
  providers: [...OFFERED, Invitations],
  exports: [...OFFERED, Invitations],
})
export class MeetingsModule {}

import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.js';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { AgendaItemViews } from './agenda-item-views.service.js';
import { AgendaItemsController } from './agenda-items.controller.js';
import { AgendaItems } from './agenda-items.service.js';
import { Agenda } from './agenda.service.js';
import { DecisionsController } from './decisions.controller.js';
import { Decisions } from './decisions.service.js';
import { InvitationsController } from './invitations.controller.js';
import { Invitations } from './invitations.service.js';
import { MeetingsController } from './meetings.controller.js';
import { Meetings } from './meetings.service.js';
import { Participants } from './participants.service.js';
import { ProposedSessions } from './proposed-sessions.service.js';
import { SessionHooks } from './session-hooks.js';
import { SessionViews } from './session-views.service.js';
import { SessionsController } from './sessions.controller.js';
import { Sessions } from './sessions.service.js';

const OFFERED = [SessionHooks, Participants, Meetings, Sessions, SessionViews, Agenda, AgendaItems, AgendaItemViews];

@Module({
  imports: [AreasModule, OrganisationsModule],
  controllers: [
    MeetingsController,
    InvitationsController,
    SessionsController,
    AgendaItemsController,
    DecisionsController,
  ],
  providers: [...OFFERED, Invitations, ProposedSessions, Decisions],
  exports: OFFERED,
})
export class MeetingsModule {}

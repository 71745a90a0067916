import { Module } from '@nestjs/common';
import { ActionsModule } from '../../actions/actions.module.js';
import { AdministrationModule } from '../../administration/pages/administration.module.js';
import { AdoptionModule } from '../../minutes/adoption/adoption.module.js';
import { AgendaModule } from '../../meetings/agenda/agenda.module.js';
import { AttendanceModule } from '../../meetings/attendance/attendance.module.js';
import { CalendarsModule } from '../invitations/calendars.module.js';
import { DispatchModule } from '../../minutes/dispatch/dispatch.module.js';
import { InterpretationModule } from '../../actions/quick-line/interpretation.module.js';
import { MeetingsModule } from '../../meetings/meetings.module.js';
import { MinutesModule } from '../../minutes/minutes.module.js';
import { OrganisationsModule } from '../../directory/organisations/organisations.module.js';
import { PagesModule } from '../../web/pages.module.js';
import { SessionsModule } from '../sessions.module.js';
import { ActionFormsController } from './action-forms.controller.js';
import { AgendaFormsController } from './agenda-forms.controller.js';
import { AttendanceFormsController } from './attendance-forms.controller.js';
import { DiscussionFormsController } from './discussion-forms.controller.js';
import { InvitationPagesController } from './invitation-pages.controller.js';
import { MeetingScreen } from './meeting-screen.service.js';
import { MeetingSetupController } from './meeting-setup.controller.js';
import { MeetingsPagesController } from './meetings-pages.controller.js';
import { Sending } from './sending.service.js';
import { Newcomers } from './newcomers.service.js';
import { SessionForms } from './session-forms.service.js';
import { SessionPapers } from './session-papers.service.js';
import { SessionScreen } from './session-screen.service.js';
import { SessionController } from './session.controller.js';

/** Running a meeting: the pages of the series and the one screen of a session. */
@Module({
  imports: [
    AdministrationModule,
    MeetingsModule,
    AgendaModule,
    AttendanceModule,
    ActionsModule,
    InterpretationModule,
    SessionsModule,
    MinutesModule,
    AdoptionModule,
    DispatchModule,
    CalendarsModule,
    OrganisationsModule,
    PagesModule,
  ],
  controllers: [
    MeetingSetupController,
    MeetingsPagesController,
    InvitationPagesController,
    SessionController,
    AttendanceFormsController,
    AgendaFormsController,
    ActionFormsController,
    DiscussionFormsController,
  ],
  providers: [MeetingScreen, Newcomers, SessionScreen, SessionForms, SessionPapers, Sending],
})
export class MinutingModule {}

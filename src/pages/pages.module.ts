import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { DigestsModule } from '../digests/digests.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { AccountController } from './account.controller.js';
import { AgendaController } from './agenda.controller.js';
import { AnswerPages } from './answer-pages.service.js';
import { AnswerController } from './answer.controller.js';
import { DecisionController } from './decision.controller.js';
import { Decisions } from './decisions.service.js';
import { AttendancePages } from './attendance-pages.service.js';
import { AttendanceController } from './attendance.controller.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { MyActionsController } from './my-actions.controller.js';
import { MyActions } from './my-actions.service.js';
import { PageProblems } from './page-problems.service.js';
import { Pages } from './pages.service.js';
import { SignInController } from './sign-in.controller.js';
import { MessagePage } from './message-page.js';
import { UnsubscribingController } from './unsubscribing.controller.js';
import { Unsubscribing } from './unsubscribing.service.js';

@Module({
  imports: [ActionsModule, SessionsModule, DigestsModule, CalendarsModule, AuthModule],
  controllers: [
    SignInController,
    AccountController,
    MyActionsController,
    AgendaController,
    AnswerController,
    AttendanceController,
    DecisionController,
    UnsubscribingController,
  ],
  providers: [AnswerPages, AttendancePages, Decisions, Unsubscribing, MessagePage, Pages, PageProblems, MyActions],
  exports: [Pages, PageProblems],
})
export class PagesModule {}

import { Module } from '@nestjs/common';
import { BatchesModule } from '../bulk/batches.module.js';
import { EscalationsModule } from '../escalations/escalations.module.js';
import { AttendanceModule } from '../../meetings/attendance/attendance.module.js';
import { AuthModule } from '../../identity/auth.module.js';
import { DigestsModule } from '../../digests/digests.module.js';
import { KoersoverzichtModule } from '../../wijkagenda/koersoverzicht/koersoverzicht.module.js';
import { CalendarsModule } from '../../sessions/invitations/calendars.module.js';
import { AgendaController } from '../../sessions/invitations/agenda.controller.js';
import { AnswerPages } from './answer-pages.service.js';
import { AnswerController } from './answer.controller.js';
import { DecisionController } from './decision.controller.js';
import { Decisions } from './decisions.service.js';
import { AttendancePages } from '../../sessions/invitations/attendance-pages.service.js';
import { AttendanceController } from '../../sessions/invitations/attendance.controller.js';
import { UnsubscribingController } from '../../digests/unsubscribing.controller.js';
import { Unsubscribing } from '../../digests/unsubscribing.service.js';

@Module({
  imports: [
    BatchesModule,
    EscalationsModule,
    AttendanceModule,
    DigestsModule,
    KoersoverzichtModule,
    CalendarsModule,
    AuthModule,
  ],
  controllers: [AgendaController, AnswerController, AttendanceController, DecisionController, UnsubscribingController],
  providers: [AnswerPages, AttendancePages, Decisions, Unsubscribing],
})
export class AnswersModule {}

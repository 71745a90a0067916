import { Module } from '@nestjs/common';
import { BatchesModule } from '../batches/batches.module.js';
import { EscalationsModule } from '../escalations/escalations.module.js';
import { AttendanceModule } from '../attendance/attendance.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { DigestsModule } from '../digests/digests.module.js';
import { KoersoverzichtModule } from '../koersoverzicht/koersoverzicht.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { AgendaController } from './agenda.controller.js';
import { AnswerPages } from './answer-pages.service.js';
import { AnswerController } from './answer.controller.js';
import { DecisionController } from './decision.controller.js';
import { Decisions } from './decisions.service.js';
import { AttendancePages } from './attendance-pages.service.js';
import { AttendanceController } from './attendance.controller.js';
import { UnsubscribingController } from './unsubscribing.controller.js';
import { Unsubscribing } from './unsubscribing.service.js';

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

import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { AgendaModule } from '../meetings/agenda/agenda.module.js';
import { AttendanceModule } from '../meetings/attendance/attendance.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { Carrying } from './carrying.service.js';
import { Closings } from './closings.service.js';
import { DiscussionsController } from './discussions.controller.js';
import { Discussions } from './discussions.service.js';
import { ItemPartiesController } from './item-parties.controller.js';
import { ItemParties } from './item-parties.service.js';
import { Openings } from './openings.service.js';
import { SessionStatesController } from './session-states.controller.js';

@Module({
  imports: [ActionsModule, MeetingsModule, AgendaModule, AttendanceModule],
  controllers: [SessionStatesController, DiscussionsController, ItemPartiesController],
  providers: [Carrying, ItemParties, Openings, Closings, Discussions],
  exports: [Openings, Closings, Discussions, ItemParties],
})
export class SessionsModule {}

import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { AttendanceLists } from './attendance-lists.service.js';
import { AttendanceReplies } from './attendance-replies.service.js';
import { AttendancesController } from './attendances.controller.js';
import { Attendances } from './attendances.service.js';
import { Closings } from './closings.service.js';
import { DiscussionsController } from './discussions.controller.js';
import { Discussions } from './discussions.service.js';
import { ItemPartiesController } from './item-parties.controller.js';
import { ItemParties } from './item-parties.service.js';
import { Openings } from './openings.service.js';
import { SessionStatesController } from './session-states.controller.js';

@Module({
  imports: [MeetingsModule],
  controllers: [SessionStatesController, DiscussionsController, AttendancesController, ItemPartiesController],
  providers: [ItemParties, Openings, Closings, Discussions, Attendances, AttendanceLists, AttendanceReplies],
  exports: [Openings, Closings, Discussions, Attendances, AttendanceLists, AttendanceReplies],
})
export class SessionsModule {}

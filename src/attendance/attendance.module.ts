import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { AttendanceLists } from './attendance-lists.service.js';
import { AttendanceReplies } from './attendance-replies.service.js';
import { AttendancesController } from './attendances.controller.js';
import { Attendances } from './attendances.service.js';

const OFFERED = [Attendances, AttendanceLists, AttendanceReplies];

@Module({
  imports: [MeetingsModule],
  controllers: [AttendancesController],
  providers: OFFERED,
  exports: OFFERED,
})
export class AttendanceModule {}

import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings.module.js';
import { AttendanceLists } from './attendance-lists.service.js';
import { AttendanceReplies } from '../../sessions/attendance/attendance-replies.service.js';
import { AttendancesController } from '../../sessions/attendance/attendances.controller.js';
import { Attendances } from '../../sessions/attendance/attendances.service.js';

const OFFERED = [Attendances, AttendanceLists, AttendanceReplies];

@Module({
  imports: [MeetingsModule],
  controllers: [AttendancesController],
  providers: OFFERED,
  exports: OFFERED,
})
export class AttendanceModule {}

import { Module } from '@nestjs/common';
import { AttendanceModule } from '../meetings/attendance/attendance.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { Composing } from './composing.service.js';
import { MaterialService } from './material.service.js';
import { MinutesService } from './minutes.service.js';
import { SeenVersions } from './seen-versions.service.js';
import { MinutesPreview } from './preview.service.js';
import { VersionWriter } from './version-writer.service.js';

const OFFERED = [MinutesService, MinutesPreview, SeenVersions, VersionWriter];

@Module({
  imports: [MeetingsModule, AttendanceModule],
  providers: [...OFFERED, Composing, MaterialService],
  exports: OFFERED,
})
export class MinutesModule {}

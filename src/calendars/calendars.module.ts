import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { SessionFactsService } from './session-facts.service.js';
import { SessionNotices } from './session-notices.service.js';

@Module({
  imports: [MeetingsModule],
  providers: [SessionFactsService, SessionNotices],
})
export class CalendarsModule {}

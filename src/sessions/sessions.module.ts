import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { Closings } from './closings.service.js';
import { DiscussionsController } from './discussions.controller.js';
import { Discussions } from './discussions.service.js';
import { Openings } from './openings.service.js';
import { SessionStatesController } from './session-states.controller.js';

@Module({
  imports: [MeetingsModule],
  controllers: [SessionStatesController, DiscussionsController],
  providers: [Openings, Closings, Discussions],
  exports: [Openings, Closings, Discussions],
})
export class SessionsModule {}

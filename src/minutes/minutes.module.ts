import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { Composing } from './composing.service.js';
import { Dispatch } from './dispatch.service.js';
import { MaterialService } from './material.service.js';
import { MinutesController } from './minutes.controller.js';
import { MinutesMail } from './minutes-mail.service.js';
import { MinutesService } from './minutes.service.js';
import { Recipients } from './recipients.service.js';

@Module({
  imports: [OrganisationsModule, MeetingsModule],
  controllers: [MinutesController],
  providers: [Composing, Dispatch, MaterialService, MinutesMail, MinutesService, Recipients],
  exports: [MinutesService],
})
export class MinutesModule {}

import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { MeetingsModule } from '../../meetings/meetings.module.js';
import { MinutesModule } from '../minutes.module.js';
import { OrganisationsModule } from '../../directory/organisations/organisations.module.js';
import { DispatchController } from './dispatch.controller.js';
import { Dispatch } from './dispatch.service.js';
import { MinutesMail } from './minutes-mail.service.js';
import { Recipients } from './recipients.service.js';

@Module({
  imports: [OrganisationsModule, MeetingsModule, MinutesModule, DocumentsModule],
  controllers: [DispatchController],
  providers: [Dispatch, MinutesMail, Recipients],
  exports: [Dispatch],
})
export class DispatchModule {}

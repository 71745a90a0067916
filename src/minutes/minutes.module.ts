import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { AdoptionController } from './adoption.controller.js';
import { Adoption } from './adoption.service.js';
import { Composing } from './composing.service.js';
import { Dispatch } from './dispatch.service.js';
import { MaterialService } from './material.service.js';
import { MinutesController } from './minutes.controller.js';
import { MinutesMail } from './minutes-mail.service.js';
import { MinutesService } from './minutes.service.js';
import { MinutesToAdopt } from './minutes-to-adopt.service.js';
import { Recipients } from './recipients.service.js';
import { Remarks } from './remarks.service.js';
import { RemovalsController } from './removals.controller.js';
import { Removals } from './removals.service.js';
import { VersionWriter } from './version-writer.service.js';

const READING = [MinutesService, MinutesToAdopt, Remarks];
const WRITING = [Composing, MaterialService, VersionWriter, Adoption, Removals];
const SENDING = [Dispatch, MinutesMail, Recipients];

@Module({
  imports: [OrganisationsModule, MeetingsModule],
  controllers: [MinutesController, AdoptionController, RemovalsController],
  providers: [...READING, ...WRITING, ...SENDING],
  exports: [MinutesService],
})
export class MinutesModule {}

import { Module } from '@nestjs/common';
import { OrganisationsModule } from '../directory/organisations/organisations.module.js';
import { Assignments } from '../actions/recipients/assignments.service.js';
import { DigestContents } from './digest-contents.service.js';
import { DigestMail } from './digest-mail.js';
import { DigestPlanner } from './digest-planner.service.js';
import { DigestPreviews } from './digest-previews.service.js';
import { DigestsController } from './digests.controller.js';
import { Digests } from './digests.service.js';
import { DigestDoorbell } from './doorbell.js';
import { News } from './news.service.js';
import { Overviews } from './overviews.service.js';
import { Unanswered } from './unanswered.service.js';

@Module({
  imports: [OrganisationsModule],
  controllers: [DigestsController],
  providers: [
    Assignments,
    News,
    Overviews,
    Unanswered,
    DigestContents,
    DigestMail,
    DigestPlanner,
    DigestPreviews,
    Digests,
    DigestDoorbell,
  ],
  exports: [DigestPlanner, Assignments, Digests],
})
export class DigestsModule {}

import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { WebModule } from '../web/web.module.js';
import { ActionTitles } from './adoption/action-titles.service.js';
import { AdoptionController } from './adoption/adoption.controller.js';
import { Adoption } from './adoption/adoption.service.js';
import { MinutesToAdopt } from './adoption/minutes-to-adopt.service.js';
import { Remarks } from './adoption/remarks.service.js';
import { Composing } from './composing/composing.service.js';
import { DispatchController } from './dispatch/dispatch.controller.js';
import { DispatchReports } from './dispatch/dispatch-reports.service.js';
import { Dispatch } from './dispatch/dispatch.service.js';
import { HeldMinutes } from './dispatch/held-minutes.service.js';
import { MinutesMail } from './dispatch/minutes-mail.service.js';
import { Recipients } from './dispatch/recipients.service.js';
import { MinutesPapers } from './documents/minutes-papers.service.js';
import { MinutesController } from './documents/minutes.controller.js';
import { MaterialService } from './composing/material.service.js';
import { MinutesService } from './minutes.service.js';
import { MinutesLists } from './pages/minutes-lists.service.js';
import { RemarkForms } from './pages/remark-forms.service.js';
import { MinutesPagesController } from './pages/minutes.controller.js';
import { MinutesPreview } from './composing/preview.service.js';
import { VersionWriter } from './version-writer.service.js';

/** Minutes, from composing to sending and adoption. */
@Module({
  imports: [DirectoryModule, WebModule, MeetingsModule, ActionsModule],
  controllers: [AdoptionController, MinutesController, DispatchController, MinutesPagesController],
  providers: [
    MinutesService,
    MinutesPreview,
    VersionWriter,
    Composing,
    MaterialService,
    Adoption,
    ActionTitles,
    MinutesToAdopt,
    Remarks,
    MinutesPapers,
    Dispatch,
    DispatchReports,
    HeldMinutes,
    MinutesMail,
    Recipients,
    MinutesLists,
    RemarkForms,
  ],
  exports: [
    Composing,
    MinutesService,
    MinutesPreview,
    VersionWriter,
    Adoption,
    MinutesToAdopt,
    MinutesPapers,
    Dispatch,
    DispatchReports,
    HeldMinutes,
    MinutesLists,
  ],
})
export class MinutesModule {}

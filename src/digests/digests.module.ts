import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { WebModule } from '../web/web.module.js';
import { WijkagendaModule } from '../wijkagenda/wijkagenda.module.js';
import { DigestContents } from './contents/digest-contents.service.js';
import { DigestMail } from './digest-mail.js';
import { DigestPlanner } from './digest-planner.service.js';
import { DigestPreviews } from './digest-previews.service.js';
import { DigestRecipients } from './digest-recipients.service.js';
import { DigestsController } from './digests.controller.js';
import { Digests } from './digests.service.js';
import { DigestScheduler } from './digests.scheduler.js';
import { DigestWeeks } from './digest-weeks.service.js';
import { DigestAnswers } from './contents/digest-answers.service.js';
import { Overviews } from './contents/overviews.service.js';
import { DigestWeekPagesController } from './pages/digest-week-pages.controller.js';
import { DigestPagesController } from './pages/digest-pages.controller.js';
import { MyMailController } from './pages/my-mail.controller.js';
import { PreferencesController } from './preferences.controller.js';
import { Unanswered } from './contents/unanswered.service.js';
import { UnsubscribingController } from './unsubscribing.controller.js';
import { Replacing } from './replacing.service.js';
import { Unsubscribing } from './unsubscribing.service.js';

/** The weekly mail. */
@Module({
  imports: [DirectoryModule, WebModule, ActionsModule, WijkagendaModule],
  controllers: [
    DigestsController,
    UnsubscribingController,
    PreferencesController,
    DigestPagesController,
    DigestWeekPagesController,
    MyMailController,
  ],
  providers: [
    DigestAnswers,
    Overviews,
    Unanswered,
    DigestContents,
    DigestMail,
    DigestRecipients,
    DigestPlanner,
    DigestWeeks,
    DigestPreviews,
    Digests,
    DigestScheduler,
    Unsubscribing,
    Replacing,
  ],
  exports: [DigestAnswers],
})
export class DigestsModule {}

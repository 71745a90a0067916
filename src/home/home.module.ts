import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { AdministrationModule } from '../administration/administration.module.js';
import { DigestsModule } from '../digests/digests.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { FilesModule } from '../files/files.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { MinutesModule } from '../minutes/minutes.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { WebModule } from '../web/web.module.js';
import { WijkagendaModule } from '../wijkagenda/wijkagenda.module.js';
import { ApiDocsController } from './api-docs/api-docs.controller.js';
import { ApiDocs } from './api-docs/api-docs.service.js';
import { AreaLinks } from './area-links.service.js';
import { BudgetModule } from '../budget/budget.module.js';
import { QuestionsModule } from '../questions/questions.module.js';
import { AreaPages } from './area-pages.service.js';
import { AreaPagesController } from './areas.controller.js';
import { MyActionsController } from './my-actions.controller.js';
import { MyActions } from './my-actions.service.js';
import { PublicFilesController } from './public/public-files.controller.js';
import { PublicFiles } from './public/public-files.service.js';
import { PublicPagesController } from './public/public-pages.controller.js';
import { PublicAreas } from './public/public-areas.service.js';
import { ManualController } from './manual/manual.controller.js';
import { Manual } from './manual/manual.service.js';
import { SearchController } from './search/search.controller.js';
import { SearchPagesController } from './search/search-pages.controller.js';
import { Search } from './search/search.service.js';
import { BeginningBlocks } from './start/beginning-blocks.service.js';
import { QuestionBlock } from './start/question-block.service.js';
import { BudgetBlock } from './start/budget-block.service.js';
import { ChairBlocks } from './start/chair-blocks.service.js';
import { ChairPapers } from './start/chair-papers.service.js';
import { GoalBlock } from './start/goal-block.service.js';
import { OwnBlocks } from './start/own-blocks.service.js';
import { SessionBlocks } from './start/session-blocks.service.js';
import { StartPage } from './start/start-page.service.js';
import { StartController } from './start/start.controller.js';
import { SteeringBlocks } from './start/steering-blocks.service.js';
import { UpkeepBlocks } from './start/upkeep-blocks.service.js';
import { YearBlock } from './start/year-block.service.js';

/** Start pages, the pages of an area and the public pages. */
@Module({
  imports: [
    DirectoryModule,
    FilesModule,
    WebModule,
    MeetingsModule,
    ActionsModule,
    BudgetModule,
    QuestionsModule,
    MinutesModule,
    SessionsModule,
    WijkagendaModule,
    ReviewsModule,
    DigestsModule,
    AdministrationModule,
  ],
  controllers: [
    StartController,
    MyActionsController,
    AreaPagesController,
    PublicPagesController,
    PublicFilesController,
    SearchController,
    SearchPagesController,
    ManualController,
    ApiDocsController,
  ],
  providers: [
    ...[
      MyActions,
      AreaPages,
      AreaLinks,
      StartPage,
      SessionBlocks,
      OwnBlocks,
      ChairBlocks,
      ChairPapers,
      SteeringBlocks,
      UpkeepBlocks,
      BudgetBlock,
      QuestionBlock,
      GoalBlock,
      YearBlock,
      BeginningBlocks,
    ],
    ...[Search, Manual, ApiDocs, PublicAreas, PublicFiles],
  ],
})
export class HomeModule {}

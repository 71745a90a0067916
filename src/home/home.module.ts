import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { MinutesModule } from '../minutes/minutes.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { WebModule } from '../web/web.module.js';
import { WijkagendaModule } from '../wijkagenda/wijkagenda.module.js';
import { AreaPages } from './area-pages.service.js';
import { AreaPagesController } from './areas.controller.js';
import { MyActionsController } from './my-actions.controller.js';
import { MyActions } from './my-actions.service.js';
import { PublicPagesController } from './public/public-pages.controller.js';

/** Start pages, the pages of an area and the public pages. */
@Module({
  imports: [
    DirectoryModule,
    WebModule,
    MeetingsModule,
    ActionsModule,
    MinutesModule,
    SessionsModule,
    WijkagendaModule,
    ReviewsModule,
  ],
  controllers: [MyActionsController, AreaPagesController, PublicPagesController],
  providers: [MyActions, AreaPages],
})
export class HomeModule {}

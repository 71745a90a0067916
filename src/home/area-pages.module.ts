import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { AreasModule } from '../directory/areas/areas.module.js';
import { ExchangeModule } from '../actions/import/exchange.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { MinutesModule } from '../minutes/minutes.module.js';
import { OrganisationsModule } from '../directory/organisations/organisations.module.js';
import { PagesModule } from '../web/pages.module.js';
import { QuarterlyResultsModule } from '../wijkagenda/quarterly-results/quarterly-results.module.js';
import { WijkagendaModule } from '../wijkagenda/wijkagenda.module.js';
import { ActionListController } from '../actions/pages/action-list.controller.js';
import { AreaPages } from './area-pages.service.js';
import { AreaPagesController } from './areas.controller.js';
import { ImportsController } from '../actions/pages/imports.controller.js';
import { MinutesLists } from '../minutes/pages/minutes-lists.service.js';
import { MinutesPagesController } from '../minutes/pages/minutes.controller.js';

/** The pages of an area: its start page, its action list and its minutes. */
@Module({
  imports: [
    AreasModule,
    OrganisationsModule,
    MeetingsModule,
    ActionsModule,
    MinutesModule,
    ExchangeModule,
    PagesModule,
    WijkagendaModule,
    QuarterlyResultsModule,
  ],
  controllers: [AreaPagesController, ActionListController, ImportsController, MinutesPagesController],
  providers: [AreaPages, MinutesLists],
})
export class AreaPagesModule {}

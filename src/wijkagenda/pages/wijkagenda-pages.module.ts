import { Module } from '@nestjs/common';
import { AdministrationModule } from '../../administration/pages/administration.module.js';
import { GoalsModule } from '../../goals/goals.module.js';
import { KoersoverzichtModule } from '../koersoverzicht/koersoverzicht.module.js';
import { MeetingsModule } from '../../meetings/meetings.module.js';
import { OpgavenModule } from '../../goals/opgaven/opgaven.module.js';
import { OrganisationsModule } from '../../directory/organisations/organisations.module.js';
import { PagesModule } from '../../web/pages.module.js';
import { WijkagendaModule } from '../wijkagenda.module.js';
import { GoalPagesController } from '../../goals/pages/goal-pages.controller.js';
import { GoalPages } from '../../goals/pages/goal-pages.service.js';
import { GoalPartPagesController } from '../../goals/pages/goal-part-pages.controller.js';
import { KoersoverzichtPagesController } from './koersoverzicht-pages.controller.js';
import { OpgavePagesController } from './opgave-pages.controller.js';
import { OpgaveSetupController } from './opgave-setup.controller.js';
import { OpgavePages } from './opgave-pages.service.js';
import { PublicationPagesController } from './publication-pages.controller.js';
import { WijkagendaPagesController } from './wijkagenda-pages.controller.js';
import { WijkagendaPages } from './wijkagenda-pages.service.js';

/** Wijkagenda, goals, opgaven and the koersoverzicht, on pages. */
@Module({
  imports: [
    AdministrationModule,
    GoalsModule,
    KoersoverzichtModule,
    MeetingsModule,
    OpgavenModule,
    OrganisationsModule,
    PagesModule,
    WijkagendaModule,
  ],
  controllers: [
    WijkagendaPagesController,
    PublicationPagesController,
    GoalPagesController,
    GoalPartPagesController,
    KoersoverzichtPagesController,
    OpgaveSetupController,
    OpgavePagesController,
  ],
  providers: [WijkagendaPages, GoalPages, OpgavePages],
})
export class WijkagendaPagesModule {}

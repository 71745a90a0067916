import { type DynamicModule, Module } from '@nestjs/common';
import { ActionsModule } from './actions/actions.module.js';
import { AdministrationModule } from './administration/administration.module.js';
import { BudgetModule } from './budget/budget.module.js';
import { DigestsModule } from './digests/digests.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { FilesModule } from './files/files.module.js';
import { GoalsModule } from './goals/goals.module.js';
import { HomeModule } from './home/home.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { MeetingsModule } from './meetings/meetings.module.js';
import { MinutesModule } from './minutes/minutes.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { QuestionsModule } from './questions/questions.module.js';
import { ReviewsModule } from './reviews/reviews.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { WebModule } from './web/web.module.js';
import { WijkagendaModule } from './wijkagenda/wijkagenda.module.js';
import type { Clock } from './platform/common/clock.js';
import type { Database } from './platform/database/database.js';
import type { Settings } from './platform/settings.js';

/** The eighteen rooms in order: each imports only from those before it. */
@Module({})
export class AppModule {
  static of(settings: Settings, database: Database, clock: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.of(settings, database, clock),
        DirectoryModule,
        IdentityModule,
        WebModule,
        FilesModule,
        MeetingsModule,
        ActionsModule,
        BudgetModule,
        QuestionsModule,
        MinutesModule,
        SessionsModule,
        GoalsModule,
        WijkagendaModule,
        ReviewsModule,
        DigestsModule,
        IntegrationsModule,
        AdministrationModule,
        HomeModule,
      ],
    };
  }
}

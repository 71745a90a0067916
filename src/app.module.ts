import { type DynamicModule, Module } from '@nestjs/common';
import { ActionsModule } from './actions/actions.module.js';
import { AdoptionModule } from './adoption/adoption.module.js';
import { AdministrationModule } from './administration/administration.module.js';
import { AgendaModule } from './agenda/agenda.module.js';
import { AnswersModule } from './answers/answers.module.js';
import { ActionPagesModule } from './action-pages/action-pages.module.js';
import { AreaPagesModule } from './area-pages/area-pages.module.js';
import { AreasModule } from './areas/areas.module.js';
import { AttendanceModule } from './attendance/attendance.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BatchesModule } from './batches/batches.module.js';
import { CalendarsModule } from './calendars/calendars.module.js';
import type { Clock } from './common/clock.js';
import { CommonModule } from './common/common.module.js';
import type { Database } from './database/database.js';
import { DatabaseModule } from './database/database.module.js';
import { DigestsModule } from './digests/digests.module.js';
import { DispatchModule } from './dispatch/dispatch.module.js';
import { DocumentsModule } from './documents/documents.module.js';
import { ErasureModule } from './erasure/erasure.module.js';
import { EscalationsModule } from './escalations/escalations.module.js';
import { ExchangeModule } from './exchange/exchange.module.js';
import { FiguresModule } from './figures/figures.module.js';
import { GoalsModule } from './goals/goals.module.js';
import { InterpretationModule } from './interpretation/interpretation.module.js';
import { KoersoverzichtModule } from './koersoverzicht/koersoverzicht.module.js';
import { MailModule } from './mail/mail.module.js';
import { MeetingsModule } from './meetings/meetings.module.js';
import { MergerPagesModule } from './merger-pages/merger-pages.module.js';
import { MergersModule } from './mergers/mergers.module.js';
import { MinutesModule } from './minutes/minutes.module.js';
import { MinutingModule } from './minuting/minuting.module.js';
import { OpgavenModule } from './opgaven/opgaven.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { OrganisationsModule } from './organisations/organisations.module.js';
import { PagesModule } from './pages/pages.module.js';
import { PublicPagesModule } from './public-pages/public-pages.module.js';
import { QuarterlyResultsModule } from './quarterly-results/quarterly-results.module.js';
import { RatingsModule } from './ratings/ratings.module.js';
import { RegistersModule } from './registers/registers.module.js';
import { RemovalsModule } from './removals/removals.module.js';
import { RenderingModule } from './rendering/rendering.module.js';
import { ReviewPagesModule } from './review-pages/review-pages.module.js';
import { ReviewsModule } from './reviews/reviews.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import type { Settings } from './settings.js';
import { WijkagendaPagesModule } from './wijkagenda-pages/wijkagenda-pages.module.js';
import { WijkagendaModule } from './wijkagenda/wijkagenda.module.js';

/** The list of modules, in the import order of the README. */
@Module({})
export class AppModule {
  static of(settings: Settings, database: Database, clock: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CommonModule.of(settings, clock),
        DatabaseModule.of(database),
        AuditModule,
        RenderingModule,
        MailModule,
        AreasModule,
        OrganisationsModule,
        MeetingsModule,
        AgendaModule,
        AttendanceModule,
        GoalsModule,
        OpgavenModule,
        ActionsModule,
        BatchesModule,
        EscalationsModule,
        InterpretationModule,
        MergersModule,
        SessionsModule,
        MinutesModule,
        AdoptionModule,
        RemovalsModule,
        DocumentsModule,
        DispatchModule,
        FiguresModule,
        WijkagendaModule,
        KoersoverzichtModule,
        ExchangeModule,
        RegistersModule,
        DigestsModule,
        RatingsModule,
        ReviewsModule,
        QuarterlyResultsModule,
        CalendarsModule,
        AuthModule,
        ErasureModule,
        OperationsModule,
        AnswersModule,
        PagesModule,
        MinutingModule,
        AreaPagesModule,
        AdministrationModule,
        ActionPagesModule,
        MergerPagesModule,
        WijkagendaPagesModule,
        ReviewPagesModule,
        PublicPagesModule,
      ],
    };
  }
}

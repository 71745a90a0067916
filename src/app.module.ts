import { type DynamicModule, Module } from '@nestjs/common';
import { ActionsModule } from './actions/actions.module.js';
import { AdoptionModule } from './minutes/adoption/adoption.module.js';
import { AdministrationModule } from './administration/pages/administration.module.js';
import { AgendaModule } from './meetings/agenda/agenda.module.js';
import { AnswersModule } from './actions/mail-answers/answers.module.js';
import { ActionPagesModule } from './actions/pages/action-pages.module.js';
import { AreaPagesModule } from './home/area-pages.module.js';
import { AreasModule } from './directory/areas/areas.module.js';
import { AttendanceModule } from './meetings/attendance/attendance.module.js';
import { AuditModule } from './platform/audit/audit.module.js';
import { AuthModule } from './identity/auth.module.js';
import { BatchesModule } from './actions/bulk/batches.module.js';
import { CalendarsModule } from './sessions/invitations/calendars.module.js';
import type { Clock } from './platform/common/clock.js';
import { CommonModule } from './platform/common/common.module.js';
import type { Database } from './platform/database/database.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { DigestsModule } from './digests/digests.module.js';
import { DispatchModule } from './minutes/dispatch/dispatch.module.js';
import { DocumentsModule } from './minutes/documents/documents.module.js';
import { ErasureModule } from './administration/erasure/erasure.module.js';
import { EscalationsModule } from './actions/escalations/escalations.module.js';
import { ExchangeModule } from './actions/import/exchange.module.js';
import { FiguresModule } from './wijkagenda/figures/figures.module.js';
import { GoalsModule } from './goals/goals.module.js';
import { InterpretationModule } from './actions/quick-line/interpretation.module.js';
import { KoersoverzichtModule } from './wijkagenda/koersoverzicht/koersoverzicht.module.js';
import { LinkPagesModule } from './web/link-pages.module.js';
import { MailModule } from './platform/mail/mail.module.js';
import { MeetingsModule } from './meetings/meetings.module.js';
import { MergerPagesModule } from './administration/mergers/merger-pages.module.js';
import { MergersModule } from './administration/mergers/mergers.module.js';
import { MinutesModule } from './minutes/minutes.module.js';
import { MinutingModule } from './sessions/pages/minuting.module.js';
import { OpgavenModule } from './goals/opgaven/opgaven.module.js';
import { OperationsModule } from './administration/operations/operations.module.js';
import { OrganisationsModule } from './directory/organisations/organisations.module.js';
import { PagesModule } from './web/pages.module.js';
import { PublicPagesModule } from './home/public/public-pages.module.js';
import { QuarterlyResultsModule } from './wijkagenda/quarterly-results/quarterly-results.module.js';
import { RatingsModule } from './reviews/ratings/ratings.module.js';
import { RegistersModule } from './administration/register-import/registers.module.js';
import { RemovalsModule } from './administration/redaction/removals.module.js';
import { RenderingModule } from './platform/rendering/rendering.module.js';
import { ReviewPagesModule } from './reviews/pages/review-pages.module.js';
import { ReviewsModule } from './reviews/reviews.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import type { Settings } from './platform/settings.js';
import { WijkagendaPagesModule } from './wijkagenda/pages/wijkagenda-pages.module.js';
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
        LinkPagesModule,
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

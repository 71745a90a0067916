import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { GoalsModule } from '../goals/goals.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { WebModule } from '../web/web.module.js';
import { EarlyWarningsController } from './early-warnings.controller.js';
import { EarlyWarnings } from './early-warnings.service.js';
import { ActionFigures } from './figures/action-figures.service.js';
import { Collaboration } from './figures/collaboration.service.js';
import { Escalations } from './figures/escalations.service.js';
import { FigureCases } from './figures/figure-cases.service.js';
import { FiguresService } from './figures/figures.service.js';
import { GoalFiguresController } from './figures/goal-figures.controller.js';
import { BudgetModule } from '../budget/budget.module.js';
import { BudgetFigures } from './figures/budget-figures.service.js';
import { GoalFigures } from './figures/goal-figures.service.js';
import { JudgedActions } from './figures/judged-actions.service.js';
import { YearGoals } from './figures/year-goals.service.js';
import { CourseCounts } from './koersoverzicht/course-counts.service.js';
import { CourseLists } from './koersoverzicht/course-lists.service.js';
import { KoersoverzichtController } from './koersoverzicht/koersoverzicht.controller.js';
import { Koersoverzicht } from './koersoverzicht/koersoverzicht.service.js';
import { MonthlyMail } from './koersoverzicht/monthly-mail.js';
import { MonthlyPlanner } from './koersoverzicht/monthly-planner.service.js';
import { KoersoverzichtRequests } from './koersoverzicht/requests.service.js';
import { OpgaveOverviewController } from './opgave-overview.controller.js';
import { OpgaveOverview } from './opgave-overview.service.js';
import { KoersoverzichtPagesController } from './pages/koersoverzicht-pages.controller.js';
import { OpgavePagesController } from './pages/opgave-pages.controller.js';
import { OpgavePages } from './pages/opgave-pages.service.js';
import { OpgaveSetupController } from './pages/opgave-setup.controller.js';
import { PublicationPagesController } from './pages/publication-pages.controller.js';
import { WijkagendaPagesController } from './pages/wijkagenda-pages.controller.js';
import { WijkagendaPages } from './pages/wijkagenda-pages.service.js';
import { PublicationMails } from './publications/publication-mails.service.js';
import { PublicationRequestsController } from './publications/publication-requests.controller.js';
import { PublicationRequests } from './publications/publication-requests.service.js';
import { Proposal } from './proposal.service.js';
import { PublicController } from './public.controller.js';
import { Publication } from './publication.service.js';
import { PublicQuarterlyResultsController } from './quarterly-results/public-quarterly-results.controller.js';
import { QuarterlyDrafts } from './quarterly-results/quarterly-drafts.service.js';
import { QuarterlyPagesController } from './quarterly-results/quarterly-pages.controller.js';
import { QuarterlyResultsController } from './quarterly-results/quarterly-results.controller.js';
import { QuarterlyResults } from './quarterly-results/quarterly-results.service.js';
import { QuarterlyMail } from './quarterly-results/quarterly-mail.js';
import { QuarterlyPublication } from './quarterly-results/quarterly-publication.service.js';
import { QuarterlySending } from './quarterly-results/quarterly-sending.service.js';
import { YearHoursService } from './koersoverzicht/year-hours.service.js';
import { WarningFacts } from './warning-facts.service.js';
import { WijkagendaContents } from './wijkagenda-contents.service.js';
import { WijkagendaDocument } from './wijkagenda-document.service.js';
import { WijkagendasController } from './wijkagendas.controller.js';
import { Wijkagendas } from './wijkagendas.service.js';

/** An area's agenda for one year, its figures and the koersoverzicht. */
@Module({
  imports: [
    ActionsModule,
    BudgetModule,
    DirectoryModule,
    IdentityModule,
    WebModule,
    MeetingsModule,
    SessionsModule,
    GoalsModule,
  ],
  controllers: [
    GoalFiguresController,
    WijkagendasController,
    PublicController,
    EarlyWarningsController,
    OpgaveOverviewController,
    KoersoverzichtController,
    QuarterlyResultsController,
    PublicQuarterlyResultsController,
    PublicationRequestsController,
    WijkagendaPagesController,
    PublicationPagesController,
    KoersoverzichtPagesController,
    OpgaveSetupController,
    OpgavePagesController,
    QuarterlyPagesController,
  ],
  providers: [
    ActionFigures,
    Collaboration,
    Escalations,
    FigureCases,
    FiguresService,
    GoalFigures,
    YearGoals,
    JudgedActions,
    BudgetFigures,
    Wijkagendas,
    WijkagendaContents,
    WijkagendaDocument,
    Publication,
    Proposal,
    WarningFacts,
    EarlyWarnings,
    OpgaveOverview,
    CourseCounts,
    CourseLists,
    Koersoverzicht,
    YearHoursService,
    KoersoverzichtRequests,
    MonthlyMail,
    MonthlyPlanner,
    PublicationRequests,
    PublicationMails,
    QuarterlyDrafts,
    QuarterlyResults,
    QuarterlySending,
    QuarterlyPublication,
    QuarterlyMail,
    WijkagendaPages,
    OpgavePages,
  ],
  exports: [
    CourseCounts,
    FigureCases,
    FiguresService,
    Wijkagendas,
    Publication,
    KoersoverzichtRequests,
    PublicationRequests,
    PublicationMails,
    QuarterlyResults,
    QuarterlySending,
    QuarterlyPublication,
  ],
})
export class WijkagendaModule {}

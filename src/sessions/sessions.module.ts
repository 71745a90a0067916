import { Module } from '@nestjs/common';
import { FilesModule } from '../files/files.module.js';
import { ActionsModule } from '../actions/actions.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { MinutesModule } from '../minutes/minutes.module.js';
import { WebModule } from '../web/web.module.js';
import { AttendanceReplies } from './attendance/attendance-replies.service.js';
import { AttendancesController } from './attendance/attendances.controller.js';
import { Attendances } from './attendance/attendances.service.js';
import { ItemCarryOver } from './item-carry-over.service.js';
import { Cancellations } from './cancellations.service.js';
import { Closings } from './closings.service.js';
import { DiscussionsController } from './discussions.controller.js';
import { DiscussionViews } from './discussion-views.service.js';
import { Discussions } from './discussions.service.js';
import { TreatmentUndo } from './treatment-undo.service.js';
import { InvitingController } from './inviting/inviting.controller.js';
import { TableCandidates } from './inviting/table-candidates.service.js';
import { TableInvitations } from './inviting/table-invitations.service.js';
import { TableScreen } from './inviting/table-screen.service.js';
import { AgendaController } from './invitations/agenda.controller.js';
import { AttendancePages } from './invitations/attendance-pages.service.js';
import { AttendanceController } from './invitations/attendance.controller.js';
import { CalendarFeedsController } from './invitations/calendar-feeds.controller.js';
import { CalendarFeeds } from './invitations/calendar-feeds.service.js';
import { FeedContents } from './invitations/feed-contents.service.js';
import { InvitationMail } from './invitations/invitation-mail.service.js';
import { InvitationPapers } from './invitations/invitation-papers.service.js';
import { ReplyLinks } from './invitations/reply-links.service.js';
import { SessionFactsService } from './invitations/session-facts.service.js';
import { SessionInvitationsController } from './invitations/session-invitations.controller.js';
import { SessionInvitations } from './invitations/session-invitations.service.js';
import { SessionNotices } from './invitations/session-notices.service.js';
import { ItemPartiesController } from './item-parties.controller.js';
import { ItemRemoval } from './item-removal.service.js';
import { ItemParties } from './item-parties.service.js';
import { Openings } from './openings.service.js';
import { SessionStamps } from './live/session-stamps.service.js';
import { SessionStreams } from './live/session-streams.service.js';
import { StreamsController } from './live/streams.controller.js';
import { ActionFormsController } from './pages/action-forms.controller.js';
import { AgendaFormsController } from './pages/agenda-forms.controller.js';
import { AttendanceFormsController } from './pages/attendance-forms.controller.js';
import { QuestionFormsController } from './pages/question-forms.controller.js';
import { QuestionsModule } from '../questions/questions.module.js';
import { BudgetFormsController } from './pages/budget-forms.controller.js';
import { BudgetModule } from '../budget/budget.module.js';
import { DeskSurroundings } from './desk/desk-surroundings.service.js';
import { DiscussionFormsController } from './pages/discussion-forms.controller.js';
import { InvitationPagesController } from './pages/invitation-pages.controller.js';
import { MeetingScreen } from './pages/meeting-screen.service.js';
import { Completeness } from './completeness.service.js';
import { HiddenGaps } from './hidden-gaps.service.js';
import { MeetingEndings } from './series/meeting-endings.service.js';
import { MeetingEndingsController } from './series/meeting-endings.controller.js';
import { DecisionPagesController } from './decisions/decision-pages.controller.js';
import { MeetingEndingController } from './series/meeting-ending-pages.controller.js';
import { MeetingSetupController } from './pages/meeting-setup.controller.js';
import { MeetingsPagesController } from './pages/meetings-pages.controller.js';
import { CorrectionsInPlace } from './pages/corrections-in-place.service.js';
import { AddParticipant } from './pages/add-participant.service.js';
import { Sending } from './pages/sending.service.js';
import { SessionContents } from './pages/session-contents.service.js';
import { SessionForms } from './pages/session-forms.service.js';
import { SessionPapers } from './pages/session-papers.service.js';
import { SessionScreen } from './pages/session-screen.service.js';
import { SessionController } from './pages/session.controller.js';
import { SessionStateFormsController } from './pages/session-states.controller.js';
import { ProposedSessions } from './planning/proposed-sessions.service.js';
import { SessionsController } from './planning/sessions.controller.js';
import { OpeningUndo } from './opening-undo.service.js';
import { SessionPlanning } from './planning/session-planning.service.js';
import { Sessions } from './planning/sessions.service.js';
import { OfficersMail } from './planning/officers-mail.service.js';
import { YearDatesMail } from './planning/year-dates-mail.service.js';
import { YearDatesController } from './planning/year-dates.controller.js';
import { YearDates } from './planning/year-dates.service.js';
import { CurrentItemsController } from './current-item/current-items.controller.js';
import { CurrentItems } from './current-item/current-items.service.js';
import { RoomScreenController } from './room-screen/room-screen.controller.js';
import { RoomScreen } from './room-screen/room-screen.service.js';
import { MeetingActions } from './series/meeting-actions.service.js';
import { MeetingSeriesController } from './series/meeting-series.controller.js';
import { MeetingSeries } from './series/meeting-series.service.js';
import { SessionMoments } from './session-moments.service.js';
import { TableSheetController } from './table-sheet/table-sheet.controller.js';
import { TableSheets } from './table-sheet/table-sheets.service.js';
import { SessionStatesController } from './session-states.controller.js';

/** One dated session: planning, inviting, running and closing it. */
@Module({
  imports: [
    DirectoryModule,
    IdentityModule,
    WebModule,
    FilesModule,
    MeetingsModule,
    ActionsModule,
    BudgetModule,
    QuestionsModule,
    MinutesModule,
  ],
  controllers: [
    SessionsController,
    AttendancesController,
    SessionStatesController,
    DiscussionsController,
    ItemPartiesController,
    CalendarFeedsController,
    SessionInvitationsController,
    AgendaController,
    AttendanceController,
    MeetingSetupController,
    MeetingSeriesController,
    MeetingEndingsController,
    MeetingEndingController,
    DecisionPagesController,
    MeetingsPagesController,
    InvitingController,
    YearDatesController,
    InvitationPagesController,
    SessionController,
    StreamsController,
    CurrentItemsController,
    RoomScreenController,
    TableSheetController,
    SessionStateFormsController,
    AttendanceFormsController,
    AgendaFormsController,
    ActionFormsController,
    DiscussionFormsController,
    BudgetFormsController,
    QuestionFormsController,
  ],
  providers: [
    Sessions,
    SessionPlanning,
    ProposedSessions,
    YearDates,
    YearDatesMail,
    OfficersMail,
    Attendances,
    AttendanceReplies,
    ItemCarryOver,
    ItemParties,
    ItemRemoval,
    Openings,
    OpeningUndo,
    Cancellations,
    Closings,
    Completeness,
    HiddenGaps,
    SessionMoments,
    Discussions,
    DiscussionViews,
    TreatmentUndo,
    SessionFactsService,
    ReplyLinks,
    SessionNotices,
    SessionInvitations,
    InvitationMail,
    InvitationPapers,
    CalendarFeeds,
    FeedContents,
    AttendancePages,
    MeetingScreen,
    MeetingActions,
    MeetingSeries,
    MeetingEndings,
    TableCandidates,
    TableInvitations,
    TableScreen,
    AddParticipant,
    CorrectionsInPlace,
    SessionContents,
    SessionScreen,
    DeskSurroundings,
    SessionStamps,
    SessionStreams,
    SessionForms,
    SessionPapers,
    CurrentItems,
    RoomScreen,
    TableSheets,
    Sending,
  ],
  exports: [Sessions, AttendanceReplies, MeetingActions],
})
export class SessionsModule {}

import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { FilesModule } from '../files/files.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { WebModule } from '../web/web.module.js';
import { ActionDeadlines } from './deadlines/action-deadlines.service.js';
import { ActionHistory } from './history/action-history.service.js';
import { ActionLists } from './action-lists.service.js';
import { ActionReading } from './action-reading.service.js';
import { ActionRecording } from './action-recording.service.js';
import { ActionReferences } from './references/action-references.service.js';
import { ActionTables } from './tables/action-tables.service.js';
import { TableFiles } from './tables/table-files.service.js';
import { ActionSessions } from './action-sessions.service.js';
import { ActionNotes } from './discussions/action-notes.service.js';
import { ActionUpdates } from './action-updates.service.js';
import { ActionsController } from './actions.controller.js';
import { Actions } from './actions.service.js';
import { AnnouncedActions } from './announcements/announced-actions.service.js';
import { AnnouncementMails } from './announcements/announcement-mails.service.js';
import { Announcements } from './announcements/announcements.service.js';
import { BatchesController } from './bulk/batches.controller.js';
import { Batches } from './bulk/batches.service.js';
import { ActionChanges } from './changes/action-changes.service.js';
import { ActionEdits } from './changes/action-edits.service.js';
import { ChangeFactsService } from './changes/change-facts.service.js';
import { NewActions } from './changes/new-actions.service.js';
import { UpdateUndo } from './changes/update-undo.service.js';
import { TreatedActions } from './discussions/treated-actions.service.js';
import { EscalationMail } from './escalations/escalation-mail.service.js';
import { EscalationNotes } from './escalations/escalation-notes.service.js';
import { EscalationSteps } from './escalations/escalation-steps.service.js';
import { EscalationsController } from './escalations/escalations.controller.js';
import { Escalations } from './escalations/escalations.service.js';
import { ActionFilesController } from './files/action-files.controller.js';
import { ActionFiles } from './files/action-files.service.js';
import { ActionFilePagesController } from './pages/action-file-pages.controller.js';
import { ActionImportsController } from './import/action-imports.controller.js';
import { ActionImports } from './import/action-imports.service.js';
import { ImportNames } from './import/import-names.service.js';
import { ImportFacts } from './import/import-facts.service.js';
import { ReadingThread } from './import/reading-thread.js';
import { ActionJudgements } from './judgements/action-judgements.service.js';
import { Judgements } from './judgements/judgements.service.js';
import { AnswerPages } from './mail-answers/answer-pages.service.js';
import { AnswerController } from './mail-answers/answer.controller.js';
import { DecisionController } from './mail-answers/decision.controller.js';
import { DecisionPagesController } from './mail-answers/decision-pages.controller.js';
import { Decisions } from './mail-answers/decisions.service.js';
import { ActionListController } from './pages/action-list.controller.js';
import { ActionListPages } from './pages/action-list.service.js';
import { AreaListController } from './pages/area-list.controller.js';
import { ServingFields } from './pages/serving-fields.service.js';
import { ServedChoices } from './references/served-choices.service.js';
import { ActionPageController } from './pages/action-page.controller.js';
import { ActionPages } from './pages/action-page.service.js';
import { ActionScreen } from './pages/action-screen.service.js';
import { MyActionsTableController } from './pages/my-actions-table.controller.js';
import { ImportsController } from './pages/imports.controller.js';
import { NewActionController } from './pages/new-action.controller.js';
import { StandingAnswers } from './pages/standing-answers.service.js';
import { InterpretationController } from './quick-line/interpretation.controller.js';
import { Interpretation } from './quick-line/interpretation.service.js';
import { WhoCandidateLists } from './quick-line/who-candidates.service.js';
import { ActionRecipients } from './recipients/action-recipients.service.js';
import { SessionActionsController } from './session-actions.controller.js';
import { WaitingDeadlines } from './deadlines/waiting-deadlines.service.js';

/** Who does what by when: recording, updating, importing, escalating and answering actions. */
@Module({
  imports: [DirectoryModule, IdentityModule, WebModule, FilesModule, MeetingsModule],
  controllers: [
    ActionsController,
    ActionFilesController,
    ActionFilePagesController,
    SessionActionsController,
    BatchesController,
    EscalationsController,
    InterpretationController,
    ActionImportsController,
    AnswerController,
    DecisionController,
    DecisionPagesController,
    MyActionsTableController,
    ActionListController,
    AreaListController,
    ImportsController,
    NewActionController,
    ActionPageController,
  ],
  providers: [
    Judgements,
    Actions,
    ActionNotes,
    ActionFiles,
    ActionUpdates,
    ActionLists,
    ActionTables,
    TableFiles,
    ActionReading,
    ActionRecording,
    ActionReferences,
    ActionSessions,
    ActionHistory,
    ActionDeadlines,
    WaitingDeadlines,
    ActionJudgements,
    AnnouncedActions,
    AnnouncementMails,
    Announcements,
    Batches,
    ActionChanges,
    TreatedActions,
    UpdateUndo,
    ChangeFactsService,
    ActionEdits,
    NewActions,
    Escalations,
    EscalationMail,
    EscalationNotes,
    EscalationSteps,
    Interpretation,
    WhoCandidateLists,
    ActionImports,
    ImportFacts,
    ImportNames,
    ReadingThread,
    ActionRecipients,
    AnswerPages,
    Decisions,
    ActionPages,
    ActionScreen,
    ActionListPages,
    ServedChoices,
    ServingFields,
    StandingAnswers,
  ],
  exports: [
    Judgements,
    ActionJudgements,
    Actions,
    ActionUpdates,
    ActionHistory,
    ActionSessions,
    ActionChanges,
    UpdateUndo,
    ActionDeadlines,
    Announcements,
    Interpretation,
    ReadingThread,
    TableFiles,
    ActionRecipients,
  ],
})
export class ActionsModule {}

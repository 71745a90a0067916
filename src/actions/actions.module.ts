import { Module } from '@nestjs/common';
import { AreasModule } from '../directory/areas/areas.module.js';
import { AuditModule } from '../platform/audit/audit.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { OrganisationsModule } from '../directory/organisations/organisations.module.js';
import { ActionDeadlines } from './action-deadlines.service.js';
import { ActionHistory } from './action-history.service.js';
import { ActionJudgements } from './judgements/action-judgements.service.js';
import { Judgements } from './judgements/judgements.service.js';
import { ActionLists } from './action-lists.service.js';
import { ActionReading } from './action-reading.service.js';
import { ActionRecording } from './action-recording.service.js';
import { ActionReferences } from './action-references.service.js';
import { ActionSessions } from './action-sessions.service.js';
import { ActionUpdates } from './action-updates.service.js';
import { ActionsController } from './actions.controller.js';
import { Actions } from './actions.service.js';
import { Announcements } from './announcements.service.js';
import { SessionActionsController } from './session-actions.controller.js';

@Module({
  imports: [AuditModule, AreasModule, OrganisationsModule, MeetingsModule],
  controllers: [ActionsController, SessionActionsController],
  providers: [
    Actions,
    ActionUpdates,
    ActionLists,
    ActionReading,
    ActionRecording,
    ActionReferences,
    ActionSessions,
    ActionHistory,
    ActionDeadlines,
    ActionJudgements,
    Judgements,
    Announcements,
  ],
  exports: [
    Actions,
    ActionJudgements,
    ActionUpdates,
    ActionHistory,
    ActionReading,
    ActionRecording,
    ActionSessions,
    Judgements,
  ],
})
export class ActionsModule {}

import { Module } from '@nestjs/common';
import { FilesModule } from '../files/files.module.js';
import { WebModule } from '../web/web.module.js';
import { ItemFilePagesController } from './files/item-file-pages.controller.js';
import { ItemFilesController } from './files/item-files.controller.js';
import { ItemFiles } from './files/item-files.service.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { AgendaItemViews } from './agenda/agenda-item-views.service.js';
import { AgendaItemsController } from './agenda/agenda-items.controller.js';
import { AgendaItems } from './agenda/agenda-items.service.js';
import { Agenda } from './agenda/agenda.service.js';
import { DecisionsController } from './agenda/decisions.controller.js';
import { Decisions } from './agenda/decisions.service.js';
import { AttendanceLists } from './attendance/attendance-lists.service.js';
import { InvitationsController } from './invitations.controller.js';
import { Invitations } from './invitations.service.js';
import { MeetingsController } from './meetings.controller.js';
import { Meetings } from './meetings.service.js';
import { Participants } from './participants.service.js';
import { Parties } from './parties.service.js';
import { SessionViews } from './session-views.service.js';
import { TableWelcome } from './table-welcome.service.js';

const SERVICES = [
  ItemFiles,
  Participants,
  Meetings,
  SessionViews,
  Invitations,
  TableWelcome,
  Agenda,
  AgendaItems,
  AgendaItemViews,
  Decisions,
  AttendanceLists,
  Parties,
];

/** The meeting series of an area with their invitations, agendas and attendance. */
@Module({
  imports: [DirectoryModule, WebModule, FilesModule],
  controllers: [
    MeetingsController,
    InvitationsController,
    AgendaItemsController,
    DecisionsController,
    ItemFilesController,
    ItemFilePagesController,
  ],
  providers: SERVICES,
  exports: SERVICES,
})
export class MeetingsModule {}

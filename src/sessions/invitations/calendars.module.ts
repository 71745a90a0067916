import { Module } from '@nestjs/common';
import { AdoptionModule } from '../../minutes/adoption/adoption.module.js';
import { DigestsModule } from '../../digests/digests.module.js';
import { DocumentsModule } from '../../minutes/documents/documents.module.js';
import { MeetingsModule } from '../../meetings/meetings.module.js';
import { MinutesModule } from '../../minutes/minutes.module.js';
import { CalendarFeedsController } from './calendar-feeds.controller.js';
import { CalendarFeeds } from './calendar-feeds.service.js';
import { FeedContents } from './feed-contents.service.js';
import { InvitationMail } from './invitation-mail.service.js';
import { InvitationPapers } from './invitation-papers.service.js';
import { ReplyLinks } from './reply-links.service.js';
import { SessionFactsService } from './session-facts.service.js';
import { SessionInvitationsController } from './session-invitations.controller.js';
import { SessionInvitations } from './session-invitations.service.js';
import { SessionNotices } from './session-notices.service.js';

@Module({
  imports: [MeetingsModule, MinutesModule, AdoptionModule, DocumentsModule, DigestsModule],
  controllers: [CalendarFeedsController, SessionInvitationsController],
  providers: [
    SessionFactsService,
    ReplyLinks,
    SessionNotices,
    SessionInvitations,
    InvitationMail,
    InvitationPapers,
    CalendarFeeds,
    FeedContents,
  ],
  exports: [SessionInvitations, CalendarFeeds, FeedContents, SessionFactsService],
})
export class CalendarsModule {}

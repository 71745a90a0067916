import { Param } from '@nestjs/common';
import { Callers } from '../../identity/callers.service.js';
import { CalendarFeeds } from './calendar-feeds.service.js';
import { FeedContents } from './feed-contents.service.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';
import { notFound } from '../../platform/common/problems.js';

const FILE = /^([A-Za-z0-9_-]{43})\.ics$/;

/** The URL that calendar programs subscribe to: open to anyone who has it, as long as its person is active. */
@PageController('agenda')
export class AgendaController {
  constructor(
    private readonly feeds: CalendarFeeds,
    private readonly contents: FeedContents,
    private readonly callers: Callers,
  ) {}

  @Page(':file', 'everyone')
  async read(@CurrentPage() { reply }: PageContext, @Param('file') file: string): Promise<string> {
    const token = FILE.exec(file)?.[1];
    const feed = token && (await this.feeds.find(token));
    const caller = feed && (await this.callers.byPerson(feed.personId, 'link'));
    const calendar = caller && (await this.contents.of(feed, caller));
    if (!calendar) throw notFound();
    void reply.type('text/calendar; charset=utf-8').header('Content-Disposition', 'inline; filename="wijkagenda.ics"');
    return calendar;
  }
}

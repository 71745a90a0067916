import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForEveryone } from '../../platform/access/requires.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { Callers } from '../../identity/callers.service.js';
import { CalendarFeeds } from './calendar-feeds.service.js';
import { FeedContents } from './feed-contents.service.js';
import { notFound } from '../../platform/common/problems.js';

const FILE = /^([A-Za-z0-9_-]{43})\.ics$/;

/** The address calendar programs subscribe to: for everyone who has it, as long as its person is active. */
@NotInDocument()
@Controller('agenda')
export class AgendaController {
  constructor(
    private readonly feeds: CalendarFeeds,
    private readonly contents: FeedContents,
    private readonly callers: Callers,
  ) {}

  @Get(':file')
  @ForEveryone()
  async read(@Param('file') file: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const token = FILE.exec(file)?.[1];
    const feed = token && (await this.feeds.find(token));
    const caller = feed && (await this.callers.byPerson(feed.personId, 'link'));
    const calendar = caller && (await this.contents.of(feed, caller));
    if (!calendar) throw notFound();
    void reply.type('text/calendar; charset=utf-8').header('Content-Disposition', 'inline; filename="wijkagenda.ics"');
    return calendar;
  }
}

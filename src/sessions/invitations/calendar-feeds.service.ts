import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { asPerson, type Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import type { PagingDto } from '../../platform/common/paging.js';
import { invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { orderOf, pageOf, Params, row } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { mayReadMeeting } from '../../meetings/meetings.access.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { CalendarFeed } from './calendar-feed.entity.js';
import type { CalendarFeedView, NewCalendarFeedView, CreateCalendarFeedDto } from './calendar-feeds.dto.js';

const SORT = { createdAt: 'f."createdAt"' };
const COLUMNS = 'f."id", f."meetingId", m."name" AS "meetingName", f."createdAt", f."version"';
const FROM = '"calendar_feeds" f LEFT JOIN "meetings" m ON m."id" = f."meetingId"';

/** The calendars people subscribe to, each at a private URL. */
@Injectable()
export class CalendarFeeds {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  list(query: PagingDto, caller: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'f."createdAt" DESC, f."id"');
    const params = new Params();
    const where = `f."personId" = ${params.add(caller.personId)}`;
    return pageOf<CalendarFeedView>(
      this.database.reader,
      { select: COLUMNS, from: FROM, where, orderBy, params },
      query,
    );
  }

  /** Creates a feed. Its URL is in this response only; it is not stored for an `Idempotency-Key`. */
  create({ meetingId }: CreateCalendarFeedDto, by: Caller): Promise<NewCalendarFeedView> {
    const token = randomBytes(32).toString('base64url');
    const id = newId();
    return this.transactions.run(async (manager) => {
      const meeting = meetingId && (await row<Known>(manager, MEETING, [meetingId]));
      if (meetingId && !(meeting && mayReadMeeting(by, meeting))) {
        throw invalid([{ field: 'meetingId', message: 'meetingId is not a meeting visible to you' }]);
      }
      const createdAt = this.clock.moment();
      const fields = { id, meetingId: meetingId ?? null, createdAt };
      await manager.insert(CalendarFeed, { ...fields, personId: asPerson(by).personId, hash: hashOf(token) });
      await this.audit.record(manager, by, 'calendar_feed.made', { type: 'calendar_feed', id });
      const url = `${this.settings.PUBLIC_URL}/agenda/${token}.ics`;
      return { ...fields, meetingName: meeting ? meeting.name : null, url, version: 1 };
    });
  }

  /** Deletes a feed of the caller; 404 for someone else's. */
  remove(id: string, version: number, by: Caller): Promise<void> {
    return this.transactions.run(async (manager) => {
      const feed = await manager.findOneBy(CalendarFeed, { id, personId: asPerson(by).personId });
      if (!feed) throw notFound();
      mustMatch(feed, version);
      await manager.delete(CalendarFeed, id);
      await this.audit.record(manager, by, 'calendar_feed.ended', { type: 'calendar_feed', id });
    });
  }

  /** The feed of a token; undefined if the token was never issued or the feed has been deleted. */
  find(token: string): Promise<Pick<CalendarFeed, 'personId' | 'meetingId'> | undefined> {
    const sql = 'SELECT "personId", "meetingId" FROM "calendar_feeds" WHERE "hash" = $1';
    return row(this.database.reader, sql, [hashOf(token)]);
  }
}

interface Known {
  id: string;
  areaId: string;
  name: string;
}
const MEETING = 'SELECT "id", "areaId", "name" FROM "meetings" WHERE "id" = $1';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

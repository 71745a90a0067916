import { Inject, Injectable } from '@nestjs/common';
import { asPerson, type Caller } from '../../platform/access/caller.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { ActionRecipients } from '../../actions/recipients/action-recipients.service.js';
import { isProvisional } from '../../actions/history/as-of-session.js';
import { isRunning } from '../../actions/overdue.rules.js';
import { mayReadMeeting } from '../../meetings/meetings.access.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import type { CalendarFeed } from './calendar-feed.entity.js';
import { type DeadlineEvent, feedOf, type SessionEvent } from './calendar.rules.js';

/** How many days back a feed reaches. */
const DAYS_BACK = 90;

interface Deadline {
  id: string;
  number: string;
  /** Null for a confidential action: a calendar shows only its number and deadline. */
  title: string | null;
  dueOn: string;
  version: number;
}

/** The current contents of a calendar feed, limited to what its person may see now. */
@Injectable()
export class FeedContents {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly actionRecipients: ActionRecipients,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * The feed as iCalendar: of a meeting, also what goes on in the one that replaced it. Undefined if its person may know
   * neither.
   */
  async of(feed: Pick<CalendarFeed, 'meetingId'>, caller: Caller): Promise<string | undefined> {
    const at = this.clock.now();
    if (feed.meetingId === null) {
      const sessions = await this.sessions(caller.meetingIds);
      return feedOf(`Wijkagenda ${this.settings.MUNICIPALITY}`, sessions, await this.ownDeadlines(caller), at);
    }
    const found = await rows<{ id: string; areaId: string; name: string }>(
      this.database.reader,
      `SELECT m."id", m."areaId", m."name" FROM "meetings" o JOIN "meetings" m ON m."id" IN (o."id", o."successorId")
       WHERE o."id" = $1 ORDER BY m."id" <> o."id"`,
      [feed.meetingId],
    );
    const meetings = found.filter((one) => mayReadMeeting(caller, one));
    if (meetings.length === 0) return undefined;
    const ids = meetings.map(({ id }) => id);
    return feedOf(found[0].name, await this.sessions(ids), await this.deadlinesOf(ids), at);
  }

  private sessions(meetingIds: readonly string[]): Promise<SessionEvent[]> {
    const params = new Params();
    return rows<SessionEvent>(
      this.database.reader,
      `SELECT s."id", m."name" AS "title", s."heldOn", s."startTime", s."endTime", m."durationMinutes", s."place",
         s."calendarSequence" AS "sequence", (s."state" = 'cancelled') AS "isCancelled",
         s."cancellationReason" AS "description"
       FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
       WHERE s."meetingId" IN (${params.list(meetingIds)})
         AND s."heldOn" >= ${params.add(addDays(this.clock.today(), -DAYS_BACK))} ORDER BY s."heldOn", s."id"`,
      params.values,
      { isCancelled: 'boolean' },
    );
  }

  /** The deadlines of a meeting. The feed of a meeting is easily passed on, so it contains nothing confidential. */
  private deadlinesOf(meetingIds: readonly string[]): Promise<DeadlineEvent[]> {
    const params = new Params();
    const where = `a."meetingId" IN (${params.list(meetingIds)}) AND NOT a."isConfidential"`;
    return this.deadlines(where, params.values);
  }

  /** The deadlines of the actions the digest asks this person about, by the same rules. */
  private async ownDeadlines(caller: Caller): Promise<DeadlineEvent[]> {
    const today = this.clock.today();
    const { personId: me } = asPerson(caller);
    const found = await this.actionRecipients.find(this.database.reader, { personIds: [me], untoldToo: true }, today);
    const mine = found.filter((one) => isRunning(one, today) && one.recipients.some(({ personId }) => personId === me));
    const params = new Params();
    return this.deadlines(`a."id" IN (${params.list(mine.map(({ actionId }) => actionId))})`, params.values);
  }

  private async deadlines(where: string, values: Params['values']): Promise<DeadlineEvent[]> {
    const found = await rows<Deadline>(
      this.database.reader,
      `SELECT a."id", a."number", CASE WHEN NOT a."isConfidential" THEN a."title" END AS "title", a."dueOn", a."version"
       FROM "actions" a WHERE ${where} AND a."closedOn" IS NULL AND NOT a."isWithdrawn" AND a."ownerId" IS NOT NULL
         AND a."dueOn" IS NOT NULL AND NOT ${isProvisional('a')} ORDER BY a."dueOn", a."id"`,
      values,
    );
    return found.map(({ id, number, title, dueOn, version }) => ({
      id,
      title: title === null ? `Uiterlijk ${number}` : `Uiterlijk ${number}: ${title}`,
      dueOn,
      sequence: version,
    }));
  }
}

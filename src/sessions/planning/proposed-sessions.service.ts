import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { momentOf } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Session } from '../../meetings/session.entity.js';
import { mayReadMeeting } from '../../meetings/meetings.access.js';
import { Meetings } from '../../meetings/meetings.service.js';
import type { ProposedSessionList } from './proposed-sessions.dto.js';
import { proposedDays } from '../../meetings/rhythm.rules.js';
import { endOf } from '../../meetings/sessions.rules.js';

interface Held {
  heldOn: string;
  /** The day before the session was moved. */
  plannedOn: string;
  isExtra: boolean;
  rhythmSince: string | null;
}

/** Proposes the next sessions of a meeting by its rhythm; planning them is up to the chair. */
@Injectable()
export class ProposedSessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly meetings: Meetings,
  ) {}

  /** The next days from today; empty for a meeting without a rhythm. 404 if the caller may not know the meeting. */
  async list(meetingId: string, count: number, caller: Caller): Promise<ProposedSessionList> {
    const meeting = await this.meetings.read(meetingId, caller);
    if (!mayReadMeeting(caller, meeting)) throw notFound();
    const { rhythm, startTime, durationMinutes, place, skipsHolidays, endedOn } = meeting;
    if (rhythm === null) return { items: [] };
    const held = await rows<Held>(
      this.database.reader,
      `SELECT s."heldOn", coalesce(s."rhythmOn", s."heldOn") AS "plannedOn", s."isExtra", m."rhythmSince"
       FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId" WHERE s."meetingId" = $1 ORDER BY "plannedOn"`,
      [meetingId],
      shapeOf(Session),
    );
    const today = this.clock.today();
    const regular = held.filter(({ isExtra }) => !isExtra);
    const days = proposedDays({
      rhythm,
      anchor: regular.at(-1)?.plannedOn ?? today,
      from: today,
      until: endedOn,
      count,
      held: regular.filter(({ plannedOn, rhythmSince }) => rhythmSince === null || plannedOn >= rhythmSince).length,
      skipsHolidays,
      startTime,
      taken: new Set(held.flatMap(({ heldOn, plannedOn }) => [heldOn, plannedOn])),
    });
    const endTime = endOf(startTime, durationMinutes);
    const items = days.map((heldOn) => {
      const startsAt = startTime === null ? null : momentOf(heldOn, startTime);
      return { heldOn, startTime, endTime, place, startsAt };
    });
    return { items };
  }
}

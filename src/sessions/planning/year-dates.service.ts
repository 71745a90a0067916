import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { conflict, invalid } from '../../platform/common/problems.js';
import { Transactions } from '../../platform/database/transactions.js';
import { ProposedSessions } from './proposed-sessions.service.js';
import { SessionPlanning } from './session-planning.service.js';
import { YearDatesMail } from './year-dates-mail.service.js';

/** The number of sessions of a weekly meeting in a year. */
export const MOST_DATES = 53;

/** Plans the sessions of a year at once. */
@Injectable()
export class YearDates {
  constructor(
    private readonly transactions: Transactions,
    private readonly proposals: ProposedSessions,
    private readonly planning: SessionPlanning,
    private readonly mail: YearDatesMail,
  ) {}

  /**
   * Plans a session on each of these days, which the rhythm of the meeting must propose (409 if one has since been
   * taken), and one mail with all of them for each person at the table. Returns how many were planned, and how many
   * people are mailed.
   */
  async plan(meetingId: string, days: readonly string[], by: Caller): Promise<{ planned: number; mailed: number }> {
    const { items } = await this.proposals.list(meetingId, MOST_DATES, by);
    const wanted = items.filter(({ heldOn }) => days.includes(heldOn));
    if (days.length === 0) throw invalid([{ field: 'days', message: 'days must not be empty' }]);
    if (wanted.length !== new Set(days).size) {
      throw conflict('DAY_NOT_PROPOSED', 'One of these days is not proposed, or has been planned since.');
    }
    return this.transactions.run(async (manager) => {
      const meeting = await this.planning.lockMeeting(manager, meetingId, by);
      const ids: string[] = [];
      for (const { heldOn, startTime, endTime, place } of wanted) {
        const input = {
          heldOn,
          startTime: startTime ?? undefined,
          endTime: endTime ?? undefined,
          place: place ?? undefined,
        };
        ids.push(await this.planning.add(manager, meeting, input, by));
      }
      const mailed = await this.mail.plan(
        manager,
        meeting,
        ids,
        wanted.map(({ heldOn }) => heldOn),
      );
      return { planned: ids.length, mailed };
    }, by.once);
  }
}

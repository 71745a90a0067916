import { Injectable } from '@nestjs/common';
import type { ChangeMeetingDto, CreateMeetingDto, MeetingView } from '../../meetings/meetings.dto.js';
import { Meeting } from '../../meetings/meeting.entity.js';
import { Meetings } from '../../meetings/meetings.service.js';
import type { Caller } from '../../platform/access/caller.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { MeetingEndings } from './meeting-endings.service.js';
import { quietly } from '../session-moments.service.js';
import { MeetingActions } from './meeting-actions.service.js';

/** Starts and changes a series; it takes the actions of its areas that had no meeting until then. */
@Injectable()
export class MeetingSeries {
  constructor(
    private readonly transactions: Transactions,
    private readonly meetings: Meetings,
    private readonly actions: MeetingActions,
    private readonly endings: MeetingEndings,
  ) {}

  /** Starts a series; the caller becomes one of its chairs. */
  start(input: CreateMeetingDto, by: Caller): Promise<MeetingView> {
    return this.transactions.run(async (manager) => {
      const id = await this.meetings.add(manager, input, by);
      await this.actions.gather(manager, { meetingId: id }, quietly(by));
      return this.meetings.read(id, by, manager);
    }, by.once);
  }

  /**
   * A series that moves to another area, or goes on after all, takes what has no meeting there. 409 `SESSIONS_AHEAD` or
   * `ACTIONS_UNDECIDED` for a last day, or an earlier one, that leaves something open.
   */
  change(id: string, input: ChangeMeetingDto, version: number, by: Caller): Promise<MeetingView> {
    return this.transactions.run(async (manager) => {
      const { endedOn: before } = await lockOne(manager, Meeting, id);
      await this.meetings.alter(manager, id, input, version, by);
      const { endedOn } = input;
      if (endedOn && (before === null || endedOn < before)) await this.endings.endUndecided(manager, id, endedOn, by);
      if (input.areaId !== undefined || input.endedOn !== undefined)
        await this.actions.gather(manager, { meetingId: id }, quietly(by));
      return this.meetings.read(id, by, manager);
    });
  }
}

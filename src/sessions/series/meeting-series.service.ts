import { Injectable } from '@nestjs/common';
import type { ChangeMeetingDto, CreateMeetingDto, MeetingView } from '../../meetings/meetings.dto.js';
import { Meetings } from '../../meetings/meetings.service.js';
import type { Caller } from '../../platform/access/caller.js';
import { Transactions } from '../../platform/database/transactions.js';
import { quietly } from '../session-moments.service.js';
import { MeetingActions } from './meeting-actions.service.js';

/** Starts and changes a series; it takes the actions of its areas that had no meeting until then. */
@Injectable()
export class MeetingSeries {
  constructor(
    private readonly transactions: Transactions,
    private readonly meetings: Meetings,
    private readonly actions: MeetingActions,
  ) {}

  /** Starts a series; the caller becomes one of its chairs. */
  start(input: CreateMeetingDto, by: Caller): Promise<MeetingView> {
    return this.transactions.run(async (manager) => {
      const id = await this.meetings.add(manager, input, by);
      await this.actions.gather(manager, { meetingId: id }, quietly(by));
      return this.meetings.within(manager, id, by);
    }, by.once);
  }

  /** A series that moves to another area, or goes on after all, takes what has no meeting there. */
  change(id: string, input: ChangeMeetingDto, version: number, by: Caller): Promise<MeetingView> {
    return this.transactions.run(async (manager) => {
      await this.meetings.alter(manager, id, input, version, by);
      if (input.areaId !== undefined || input.endedOn !== undefined)
        await this.actions.gather(manager, { meetingId: id }, quietly(by));
      return this.meetings.within(manager, id, by);
    });
  }
}

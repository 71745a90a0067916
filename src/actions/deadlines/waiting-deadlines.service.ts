import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SERVICE } from '../../platform/access/caller.js';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { rows, type Source } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { ActionDeadlines } from './action-deadlines.service.js';

/** Meetings with actions that wait for the next session although one is planned, or that have no check date. */
const MEETINGS = `SELECT DISTINCT a."meetingId" FROM "actions" a
  WHERE a."dueKind" = 'next_session' AND a."dueOn" IS NULL AND a."closedOn" IS NULL AND NOT a."isWithdrawn"
    AND a."meetingId" IS NOT NULL AND (a."checkOn" IS NULL OR EXISTS (SELECT 1 FROM "sessions" s
      WHERE s."meetingId" = a."meetingId" AND s."state" = 'planned' AND s."heldOn" >= $1))`;

/** At start: sets the dates of "volgend overleg" that an earlier version did not set. */
@Injectable()
export class WaitingDeadlines implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly deadlines: ActionDeadlines,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if ((await this.waiting(this.database.reader)).length === 0) return;
    await this.transactions.run(async (manager) => {
      // If several instances start together, one of them does it.
      await this.database.dialect.holdName(manager, 'waiting deadlines');
      for (const meeting of await this.waiting(manager)) await this.deadlines.follow(manager, meeting, SERVICE);
    });
  }

  private waiting(source: Source): Promise<{ meetingId: string }[]> {
    return rows(source, MEETINGS, [this.clock.today()]);
  }
}

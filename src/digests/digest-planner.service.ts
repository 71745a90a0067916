import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, SERVICE } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { type IsoWeek, isoWeekOf } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { Database } from '../platform/database/database.js';
import { mailReleasedAt } from '../platform/mail/mail-hold.js';
import { execute, row } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { Outbox } from '../platform/mail/outbox.service.js';
import type { DigestRunState } from './digest-run.entity.js';
import { dueAt, missedWeeks, reasonToSkip, weekDue } from './digest-schedule.rules.js';
import { DigestWeeks } from './digest-weeks.service.js';
import { DigestRecipients, type WeeksMail } from './digest-recipients.service.js';
import type { SkipReason } from './skip-reasons.rules.js';

/** Plans each week once, in one transaction: a row for the week and a message per address. Nobody is added later. */
@Injectable()
export class DigestPlanner {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly recipients: DigestRecipients,
    private readonly weeks: DigestWeeks,
  ) {}

  /**
   * Returns the id of the run created now; null if nothing is due, it was already planned, or no mail server is
   * configured.
   */
  async planDue(by: Actor = SERVICE): Promise<string | null> {
    const week = (await this.outbox.maySend()) ? weekDue(this.clock.moment(), this.weeks.schedule) : null;
    if (week === null || (await this.isPlanned(week))) return null;
    const releasedAt = await mailReleasedAt(this.database.reader);
    const skipped = await this.weeks.names(this.database.reader);
    const isSent = reasonToSkip(week, this.weeks.schedule, skipped, releasedAt) === null;
    const mails = isSent ? await this.recipients.mailsOf(week) : null;
    return this.transactions.run((manager) => this.plan(manager, week, mails, by));
  }

  private async isPlanned({ year, week }: IsoWeek): Promise<boolean> {
    const found = await row(
      this.database.reader,
      'SELECT r."id" FROM "digest_runs" r WHERE r."isoYear" = $1 AND r."isoWeek" = $2',
      [year, week],
    );
    return found !== undefined;
  }

  private async plan(
    manager: EntityManager,
    week: IsoWeek,
    planned: readonly WeeksMail[] | null,
    by: Actor,
  ): Promise<string | null> {
    const skipped = await this.weeks.hold(manager);
    const last = await this.lastBefore(manager, week);
    const releasedAt = await mailReleasedAt(manager);
    const reasonFor = (one: IsoWeek) => reasonToSkip(one, this.weeks.schedule, skipped, releasedAt);
    // The week may have been skipped while the mails were being determined.
    const mails = reasonFor(week) === null ? planned : null;
    const id = await this.addRun(manager, week, mails === null ? reasonFor(week) : null);
    // Another instance won the race: its row was committed while our insert was waiting for it.
    if (id === null) return null;
    for (const missed of missedWeeks(last, week)) {
      await this.addRun(manager, missed, reasonFor(missed) ?? 'service_not_running');
    }
    if (mails) {
      const batch = mails.map((mail) => ({ ...mail, batchId: id }));
      const count = await this.outbox.planAll(manager, batch);
      await execute(manager, 'UPDATE "digest_runs" SET "planned" = $1 WHERE "id" = $2', [count, id]);
    }
    await this.audit.record(manager, by, mails === null ? 'digest.skipped' : 'digest.planned', { type: 'digest', id });
    return id;
  }

  /** Adds the row of a week, as skipped if a reason is given; null if it already exists. */
  private async addRun(manager: EntityManager, week: IsoWeek, reason: SkipReason | null): Promise<string | null> {
    const id = newId();
    const state: DigestRunState = reason === null ? 'planned' : 'skipped';
    const added = await execute(
      manager,
      `INSERT INTO "digest_runs" ("id", "isoYear", "isoWeek", "state", "dueAt", "plannedAt", "planned", "reason")
       VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT ("isoYear", "isoWeek") DO NOTHING`,
      [id, week.year, week.week, state, dueAt(week, this.weeks.schedule), this.clock.moment(), reason],
    );
    return added === 1 ? id : null;
  }

  private async lastBefore(manager: EntityManager, week: IsoWeek): Promise<IsoWeek | null> {
    const last = await row<{ dueAt: string }>(
      manager,
      'SELECT r."dueAt" FROM "digest_runs" r WHERE r."dueAt" < $1 ORDER BY r."dueAt" DESC LIMIT 1',
      [dueAt(week, this.weeks.schedule)],
    );
    return last ? isoWeekOf(last.dueAt.slice(0, 10)) : null;
  }
}

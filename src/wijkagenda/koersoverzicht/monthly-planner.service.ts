import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../platform/common/clock.js';
import { mailReleasedAt } from '../../platform/mail/mail-hold.js';
import { rows } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { MONTHLY_MAIL } from './monthly-mail.js';
import { endOf, monthDue } from './monthly.rules.js';
import { logFailure } from '../../platform/server/failure-log.js';

const BEFORE_RELEASE = 'The month began before mail was released from this restored copy.';

/** Plans the monthly koersoverzicht, once for each person who asked for it. */
@Injectable()
export class MonthlyPlanner {
  private readonly log = new Logger('koersoverzicht');

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** Asks the database what is due, so that missed or repeated ticks are harmless. */
  @Interval(60_000)
  async tick(): Promise<void> {
    await this.planDue().catch((error) => logFailure(this.log, error));
  }

  /**
   * Plans one mail a month per request; returns the number of new ones, which is 0 without a mail server. They are stored
   * as skipped if the month began before mail was released from this restored copy.
   */
  async planDue(): Promise<number> {
    const { DIGEST_TIME } = this.settings;
    const month = (await this.outbox.maySend()) ? monthDue(this.clock.moment(), DIGEST_TIME) : null;
    if (month === null) return 0;
    return this.transactions.run(async (manager) => {
      const releasedAt = await mailReleasedAt(manager);
      const skippedFor =
        releasedAt !== null && monthDue(releasedAt, DIGEST_TIME) === month ? BEFORE_RELEASE : undefined;
      const people = await rows<{ id: string; email: string }>(
        manager,
        `SELECT p."id", p."email" FROM "koersoverzicht_requests" r JOIN "people" p ON p."id" = r."personId"
         WHERE p."active" AND p."email" IS NOT NULL`,
      );
      const mails = people.map(({ id, email }) => ({
        kind: MONTHLY_MAIL,
        dedupeKey: `${MONTHLY_MAIL}:${month}:${email.toLowerCase()}`,
        address: email,
        personId: id,
        batchId: null,
        payload: { month },
        expiresAt: endOf(month),
        skippedFor,
      }));
      return this.outbox.planAll(manager, mails);
    });
  }
}

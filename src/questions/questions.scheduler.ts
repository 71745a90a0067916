import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Transactions } from '../platform/database/transactions.js';
import { Outbox } from '../platform/mail/outbox.service.js';
import { QuestionMail } from './question-mail.service.js';
import { logFailure } from '../platform/server/failure-log.js';

const MOST_PLANNED = 10_000;

/**
 * Checks what happened to the items, actions and initiatives that questions became; missed or repeated ticks are
 * harmless.
 */
@Injectable()
export class QuestionScheduler {
  private readonly log = new Logger('questions');
  private isRunning = false;
  /** What this process already planned, since recent changes are checked every minute. */
  private readonly planned = new Set<string>();

  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly mail: QuestionMail,
  ) {}

  @Interval(60_000)
  async tick(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      await this.planTurns();
    } catch (error) {
      logFailure(this.log, error);
    } finally {
      this.isRunning = false;
    }
  }

  /** Plans the mails; none while mail is held after a restore. */
  async planTurns(): Promise<void> {
    if (!(await this.outbox.maySend())) return;
    const keys = await this.transactions.run((manager) => this.mail.planTurns(manager, this.planned));
    if (this.planned.size > MOST_PLANNED) this.planned.clear();
    for (const key of keys) this.planned.add(key);
  }
}

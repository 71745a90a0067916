import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Database } from '../database/database.js';
import { isInUse, mayMail } from './mail-hold.js';
import { Transactions } from '../database/transactions.js';
import { SETTINGS, type Settings } from '../settings.js';

/**
 * Checks before every round of mail or webhooks whether this copy of the data may still send any: it can be held, or
 * restored from a backup, while the service is running. From the first refusal until it is restarted, the service
 * behaves as if started on such a copy: as if no mail server were configured, so that nothing leaves any outbox.
 */
@Injectable()
export class HoldWatch {
  private readonly log = new Logger('mail');
  private isHeld = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Whether there is a mail server, and this copy may use it. Writes only what has to be recorded. */
  async maySend(): Promise<boolean> {
    if (this.settings.SMTP_URL === '') return false;
    if (await isInUse(this.database.reader)) return true;
    return this.transactions.run((manager) => this.maySendIn(manager));
  }

  /** The same in a transaction. */
  async maySendIn(manager: EntityManager): Promise<boolean> {
    return this.settings.SMTP_URL !== '' && this.mayLeaveIn(manager);
  }

  /** Whether anything may leave this copy, mail or webhooks, with or without a mail server. */
  async mayLeaveIn(manager: EntityManager): Promise<boolean> {
    if (this.isHeld) return false;
    if (await mayMail(manager, this.clock.moment())) return true;
    this.isHeld = true;
    this.settings.SMTP_URL = '';
    this.log.warn('Mail and webhooks are held: this copy of the data was restored, or held by a command.');
    return false;
  }
}

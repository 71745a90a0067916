import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Database } from '../database/database.js';
import { mayMail, surelyMayMail } from '../database/mail-hold.js';
import { Transactions } from '../database/transactions.js';
import { SETTINGS, type Settings } from '../settings.js';

/**
 * Asks before every round of mail or webhooks whether this copy of the data may still send any: it can be held, or put back from a
 * backup, under a running service. From the first no on, and until it is restarted, the service runs as it would start
 * on such a copy: as if no mail server were configured, so that nothing leaves any outbox.
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

  /** Whether there is a mail server, and this copy may use it. Writes only what has to be noted. */
  async maySend(): Promise<boolean> {
    if (this.settings.SMTP_URL === '') return false;
    if (await surelyMayMail(this.database.reader)) return true;
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

import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { SETTINGS, type Settings } from '../settings.js';
import { Delivery } from './delivery.service.js';
import { logFailure } from '../server/failure-log.js';

/**
 * Starts delivery. What is due is in the database, so missed or repeated ticks are harmless; tests call it directly.
 */
@Injectable()
export class MailScheduler {
  private readonly log = new Logger('mail');

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly delivery: Delivery,
  ) {}

  @Interval(5_000)
  async tick(): Promise<void> {
    if (this.settings.NODE_ENV === 'test') return;
    await this.delivery.wake().catch((error) => logFailure(this.log, error));
  }
}

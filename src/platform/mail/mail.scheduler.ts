import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Delivery } from './delivery.service.js';
import { logFailure } from '../server/failure-log.js';

/** Starts delivery. What is due is in the database, so missed or repeated ticks are harmless. */
@Injectable()
export class MailScheduler {
  private readonly log = new Logger('mail');

  constructor(private readonly delivery: Delivery) {}

  @Interval(5_000)
  async tick(): Promise<void> {
    await this.delivery.wake().catch((error) => logFailure(this.log, error));
  }
}

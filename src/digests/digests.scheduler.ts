import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Delivery } from '../platform/mail/delivery.service.js';
import { DigestPlanner } from './digest-planner.service.js';
import { logFailure } from '../platform/server/failure-log.js';

/** Triggers the planner, which asks the database what is due: missed or repeated ticks are harmless. */
@Injectable()
export class DigestScheduler {
  private readonly log = new Logger('digests');
  private isRunning = false;

  constructor(
    private readonly planner: DigestPlanner,
    private readonly delivery: Delivery,
  ) {}

  @Interval(30_000)
  async tick(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      await this.planAndDeliver();
    } catch (error) {
      logFailure(this.log, error);
    } finally {
      this.isRunning = false;
    }
  }

  /** Plans this week's digest if it is due and not planned yet, and sends all due messages. Idempotent. */
  async planAndDeliver(): Promise<void> {
    await this.planner.planDue();
    await this.delivery.deliverDue();
  }
}

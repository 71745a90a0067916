import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { EventPlanner } from './event-planner.service.js';
import { WebhookSender } from './webhook-sender.service.js';
import { logFailure } from '../platform/server/failure-log.js';

/** Starts the delivery of events. What is due is in the database, so missed or repeated ticks are harmless. */
@Injectable()
export class IntegrationsScheduler {
  private readonly log = new Logger('webhooks');

  constructor(
    private readonly planner: EventPlanner,
    private readonly sender: WebhookSender,
  ) {}

  @Interval(5_000)
  tick(): Promise<void> {
    return this.scheduled(async () => {
      await this.planner.planDeliveries();
      await this.sender.wake();
    });
  }

  @Interval(60_000)
  tickOverdue(): Promise<void> {
    return this.scheduled(() => this.planner.appendOverdue());
  }

  /** Appends, plans and delivers everything that is due. */
  async run(): Promise<void> {
    await this.planner.appendOverdue();
    await this.planner.planDeliveries();
    await this.sender.sendDue();
  }

  private scheduled(work: () => Promise<void>): Promise<void> {
    return work().catch((error) => logFailure(this.log, error));
  }
}

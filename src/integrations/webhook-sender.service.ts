import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Clock } from '../platform/common/clock.js';
import { Rounds } from '../platform/common/rounds.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { type Claimed, WebhookClaims } from './webhook-claims.js';
import { post } from './webhook-request.js';
import { type Answer, cloudEventOf, secretOf, signatureOf, signingNumbers } from './webhooks.rules.js';

const IN_FLIGHT = 5;
/** How long a receiver may take to answer, in ms. */
const LONGEST_MS = 10_000;
/** How long attempts in progress may go on after the service was asked to stop, in ms. */
const STOP_MS = 5_000;

/**
 * Delivers the events that are due: claims each with a lease, signs and posts it outside any transaction, and records the outcome
 * while the claim is held. An event can arrive twice, with the same `webhook-id`, if its receiver did not answer in time.
 */
@Injectable()
export class WebhookSender implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly stopped = new AbortController();
  private isStopping = false;
  private readonly rounds = new Rounds(() => this.sendRound());

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly claims: WebhookClaims,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.claims.voidEarlier();
  }

  /** Delivers everything due, after a round in progress; returns the number of attempts. */
  sendDue(): Promise<number> {
    return this.rounds.next();
  }

  /** Called by the scheduler; does nothing while a round is in progress. */
  wake(): Promise<void> {
    return this.rounds.wake();
  }

  /** Claims nothing more; attempts in progress are aborted after a while, and repeated after the next start. */
  onModuleDestroy(): void {
    this.isStopping = true;
    setTimeout(() => this.stopped.abort(), STOP_MS).unref();
  }

  /** Waits until the outcome of attempts in progress is recorded. */
  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.ended();
  }

  private async sendRound(): Promise<number> {
    let made = 0;
    while (!this.isStopping) {
      const claimed = await this.claims.next(IN_FLIGHT);
      if (claimed.length === 0) break;
      await Promise.all(claimed.map(async (delivery) => this.claims.record(delivery, await this.attempt(delivery))));
      made += claimed.length;
    }
    return made;
  }

  private attempt(delivery: Claimed): Promise<Answer> {
    const { eventId, webhookId, url, secretNumber, rotatedAt } = delivery;
    const now = this.clock.now();
    const body = JSON.stringify(cloudEventOf({ ...delivery, id: eventId }, this.settings));
    const seconds = Math.floor(now.getTime() / 1000);
    const secrets = signingNumbers(secretNumber, rotatedAt, now).map((number) =>
      secretOf(this.settings.SECRET_KEY, webhookId, number),
    );
    const headers = {
      'content-type': 'application/cloudevents+json; charset=UTF-8',
      'user-agent': 'Wijkagenda',
      'webhook-id': eventId,
      'webhook-timestamp': String(seconds),
      'webhook-signature': signatureOf(eventId, seconds, body, secrets),
    };
    const signal = AbortSignal.any([this.stopped.signal, AbortSignal.timeout(LONGEST_MS)]);
    return post(url, headers, body, { isPrivateAllowed: this.settings.WEBHOOK_PRIVATE_ADDRESSES === 'on', signal });
  }
}

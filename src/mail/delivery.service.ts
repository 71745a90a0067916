import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../common/clock.js';
import { SETTINGS, type Settings } from '../settings.js';
import { compose } from './composer.js';
import { type Outcome } from './delivery.rules.js';
import { MessageClaims } from './message-claims.js';
import type { OutgoingMessage } from './outgoing-message.entity.js';
import { SmtpLine } from './smtp-line.js';

const IN_FLIGHT = 5;
const MOST_RECORDINGS = 4;
const RECORDING_PAUSE_MS = 250;

/** How many messages ended in which state. */
export type Delivered = Partial<Record<Outcome['state'], number>>;

/**
 * Sends what is due: claim with a lease, look again and make it once, keep the bytes, send outside any transaction,
 * record only while the claim is still ours. A server that accepted just before the line broke gets the same bytes again.
 */
@Injectable()
export class Delivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('mail');
  private readonly lines = new Set<SmtpLine>();
  private isStopping = false;
  private round: Promise<Delivered> | undefined;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly claims: MessageClaims,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.claims.voidEarlier();
  }

  /** Sends all that is due, a few at a time, and answers what became of it. Without a mail server nothing is sent. */
  async deliverDue(): Promise<Delivered> {
    const before = this.round;
    const round = (async () => {
      await before;
      return this.deliverRound();
    })();
    this.round = round;
    try {
      return await round;
    } finally {
      if (this.round === round) this.round = undefined;
    }
  }

  /** The doorbell: a ring while a round is going is left alone. */
  async wake(): Promise<void> {
    if (this.round) return;
    await this.deliverDue();
  }

  /** Lets what is being sent finish; what does not is broken off and recorded as uncertain. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    const giveUp = new AbortController();
    const late = sleep(this.settings.MAIL_STOP_SECONDS * 1000, undefined, { signal: giveUp.signal }).then(
      () => this.lines.forEach((line) => line.end('The service stopped.')),
      () => {},
    );
    const round = this.round?.catch(() => {});
    await Promise.race([round, late]);
    await round;
    giveUp.abort();
  }

  private async deliverRound(): Promise<Delivered> {
    const counts: Delivered = {};
    if (!this.settings.SMTP_URL) return counts;
    const ends = await Promise.allSettled(Array.from({ length: IN_FLIGHT }, () => this.deliverUntilEmpty(counts)));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return counts;
  }

  private async deliverUntilEmpty(counts: Delivered): Promise<void> {
    const line = new SmtpLine(this.settings.SMTP_URL, this.settings.MAIL_ATTEMPT_SECONDS * 1000);
    this.lines.add(line);
    try {
      while (!this.isStopping) {
        const since = performance.now();
        const message = await this.claims.next();
        if (!message) break;
        const outcome = await this.deliver(message, line, since);
        if (await this.record(message, outcome)) counts[outcome.state] = (counts[outcome.state] ?? 0) + 1;
      }
    } finally {
      this.lines.delete(line);
      line.close();
    }
  }

  /** Whether a whole attempt still fits in a claim that was made at `since` (ms): else another one could take it over. */
  private hasTimeFor(since: number): boolean {
    const { MAIL_LEASE_SECONDS, MAIL_ATTEMPT_SECONDS } = this.settings;
    return performance.now() - since < (MAIL_LEASE_SECONDS - MAIL_ATTEMPT_SECONDS) * 1000;
  }

  /** A storage that is busy just then must not make the mail go twice: it is asked again. */
  private async record(message: OutgoingMessage, outcome: Outcome): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.claims.record(message, outcome);
      } catch (error) {
        if (attempt === MOST_RECORDINGS) throw error;
        await sleep(RECORDING_PAUSE_MS * attempt);
      }
    }
  }

  private async deliver(message: OutgoingMessage, line: SmtpLine, since: number): Promise<Outcome> {
    try {
      const ready = await this.claims.prepare(message);
      if ('state' in ready) return ready;
      let bytes = message.bytes;
      if (ready.mail) {
        const composed = await compose(ready.mail, message, this.settings, this.clock.now());
        if (!(await this.claims.keep(message, ready.mail, composed))) return lost;
        bytes = composed.bytes;
      }
      if (!this.hasTimeFor(since)) return late;
      return await line.send({ from: this.settings.MAIL_FROM, to: message.address }, bytes!);
    } catch (error) {
      this.log.error(error instanceof Error ? error.stack : error);
      return { state: 'deferred', words: 'The message could not be made; the log of the service says why.' };
    }
  }
}

/** Made so slowly, or frozen meanwhile, that the claim could end while it is being sent. */
const late: Outcome = { state: 'deferred', words: 'It could not be made in time; nothing was sent.' };

/** Another one has the claim by now, so this outcome is recorded nowhere. */
const lost: Outcome = { state: 'uncertain', words: null };

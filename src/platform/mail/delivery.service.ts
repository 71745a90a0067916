import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../common/clock.js';
import { SETTINGS, type Settings } from '../settings.js';
import type { Outcome } from './delivery.rules.js';
import { MessageClaims } from './message-claims.js';
import type { OutgoingMessage } from './outgoing-message.entity.js';
import { SmtpConnection } from './smtp-connection.js';
import { type Supplied, MessageQueue } from './message-queue.js';

const IN_FLIGHT = 5;
const MOST_RECORDINGS = 4;
const RECORDING_PAUSE_MS = 250;

/** The number of messages per outcome. */
export type Delivered = Partial<Record<Outcome['state'], number>>;

/**
 * Sends the messages that are due: claims each with a lease, rechecks it, composes it once, stores the bytes, sends
 * outside any transaction, and records the outcome only while the claim is held. Bytes accepted just before a
 * connection broke are resent.
 */
@Injectable()
export class Delivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly lines = new Set<SmtpConnection>();
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

  /** Sends everything due, a few messages at a time; returns the outcomes. Without a mail server nothing is sent. */
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

  /** Called by the scheduler; does nothing while a round is in progress. */
  async wake(): Promise<void> {
    if (this.round) return;
    await this.deliverDue();
  }

  /** Lets messages in transit finish; any that do not are aborted and recorded as uncertain. */
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
    const supply = new MessageQueue(this.claims, this.settings, this.clock);
    const ends = await Promise.allSettled(Array.from({ length: IN_FLIGHT }, () => this.deliverFrom(supply, counts)));
    await supply.close();
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return counts;
  }

  private async deliverFrom(messageQueue: MessageQueue, counts: Delivered): Promise<void> {
    const line = new SmtpConnection(this.settings.SMTP_URL, this.settings.MAIL_ATTEMPT_SECONDS * 1000);
    this.lines.add(line);
    try {
      while (!this.isStopping) {
        const next = await messageQueue.next();
        if (!next) break;
        const outcome = await this.attempt(next, line);
        if (!outcome) await this.claims.release([next.message]);
        else if (await this.record(next.message, outcome)) counts[outcome.state] = (counts[outcome.state] ?? 0) + 1;
      }
    } finally {
      this.lines.delete(line);
      line.close();
    }
  }

  /** The outcome; null if the message waited too long for its turn and has to be claimed and checked again. */
  private async attempt(next: Supplied, line: SmtpConnection): Promise<Outcome | null> {
    if ('outcome' in next) return next.outcome;
    if (!this.fits(next.readyAt - next.since)) return late;
    if (!this.fits(performance.now() - next.since) || this.isStopping) return null;
    return line.send({ from: this.settings.MAIL_FROM, to: next.message.address }, next.bytes);
  }

  /** Whether a whole attempt fits in the rest of a lease this many ms old; if not, another could claim it. */
  private fits(elapsedMs: number): boolean {
    const { MAIL_LEASE_SECONDS, MAIL_ATTEMPT_SECONDS } = this.settings;
    return elapsedMs < (MAIL_LEASE_SECONDS - MAIL_ATTEMPT_SECONDS) * 1000;
  }

  /** Retries: storage that happens to be busy must not cause the mail to be sent twice. */
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
}

/** Composing was so slow, or the process frozen so long, that the lease could expire while sending. */
const late: Outcome = { state: 'deferred', words: 'It could not be composed in time; nothing was sent.' };

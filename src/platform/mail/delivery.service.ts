import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../common/clock.js';
import { Rounds } from '../common/rounds.js';
import { SETTINGS, type Settings } from '../settings.js';
import { isDatabaseAway } from '../postgres/postgres-errors.js';
import { BusyError, OutcomeUnknownError } from '../common/storage-errors.js';
import { type Outcome, pauseBeforeRecording } from './delivery.rules.js';
import { Gathering } from './gathering.js';
import { MessageClaims } from './message-claims.js';
import { SmtpConnection } from './smtp-connection.js';
import { type Supplied, MessageQueue } from './message-queue.js';

const IN_FLIGHT = 5;
/** What remains after `MAIL_STOP_SECONDS` for noting the outcomes, in ms. */
const LAST_MS = 3_000;
const LAST_TRIES = 4;

/** The number of messages per outcome. */
type Delivered = Partial<Record<Outcome['state'], number>>;

/**
 * Sends the messages that are due: claims each with a lease, rechecks it, composes it once, stores the bytes, sends
 * outside any transaction, and records the outcome only while the claim is held, however long storage is away. Bytes
 * accepted just before a connection broke are resent.
 */
@Injectable()
export class Delivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('mail');
  private readonly lines = new Set<SmtpConnection>();
  private isStopping = false;
  private readonly giveUp = new AbortController();
  private readonly rounds = new Rounds(() => this.deliverRound());

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly claims: MessageClaims,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.claims.voidEarlier();
  }

  /** Sends everything due, a few messages at a time; returns the outcomes. Without a mail server nothing is sent. */
  deliverDue(): Promise<Delivered> {
    return this.rounds.next();
  }

  /** Called by the scheduler; does nothing while a round is in progress. */
  wake(): Promise<void> {
    return this.rounds.wake();
  }

  /**
   * Lets messages in transit finish; any that do not are aborted and recorded as uncertain. Storage that is still away
   * then is not waited for.
   */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    const round = this.rounds.ended();
    await withinMs(this.settings.MAIL_STOP_SECONDS * 1000, round);
    this.giveUp.abort();
    this.lines.forEach((line) => line.end('The service stopped.'));
    await withinMs(LAST_MS, round);
  }

  private async deliverRound(): Promise<Delivered> {
    const counts: Delivered = {};
    if (!this.settings.SMTP_URL) return counts;
    const gathering = new Gathering();
    const supply = new MessageQueue(this.claims, this.settings, this.clock, gathering);
    const lines = Array.from({ length: IN_FLIGHT }, () => this.deliverFrom(supply, gathering, counts));
    const ends = await Promise.allSettled(lines);
    await supply.close();
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return counts;
  }

  /** Outcomes that come in together are recorded in one commit: no more than one message per connection is in doubt. */
  private async deliverFrom(messageQueue: MessageQueue, gathering: Gathering, counts: Delivered): Promise<void> {
    const line = new SmtpConnection(this.settings.SMTP_URL, this.settings.MAIL_ATTEMPT_SECONDS * 1000);
    this.lines.add(line);
    try {
      while (!this.isStopping) {
        const next = await messageQueue.next();
        if (!next) break;
        gathering.begin();
        const outcome = await this.attempt(next, line).finally(() => gathering.arrive());
        if (!outcome) await this.claims.release([next.message]);
        else if (await this.record(next, outcome)) counts[outcome.state] = (counts[outcome.state] ?? 0) + 1;
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

  /**
   * Retries, because a mail whose outcome is not recorded is sent again: while storage is away or busy until the service
   * stops, also past the lease if nobody else has claimed the message by then; after any other error until the lease
   * ends, when it is recorded as uncertain.
   */
  private async record({ message, since }: Supplied, outcome: Outcome): Promise<boolean> {
    const { signal } = this.giveUp;
    for (let tries = 1, left = LAST_TRIES; ; tries += 1) {
      try {
        return await this.claims.record(message, outcome);
      } catch (error) {
        if (signal.aborted && (left -= 1) === 0) throw error;
        const isOver = performance.now() - since > this.settings.MAIL_LEASE_SECONDS * 1000;
        if (isOver && !isStorageAway(error)) {
          this.log.error(error instanceof Error ? error.stack : error);
          return this.claims.record(message, unrecorded);
        }
        if (signal.aborted) await sleep(pauseBeforeRecording(1));
        else await sleep(pauseBeforeRecording(tries), undefined, { signal }).catch(() => {});
      }
    }
  }
}

const isStorageAway = (error: unknown): boolean =>
  error instanceof BusyError || error instanceof OutcomeUnknownError || isDatabaseAway(error);

/** Waits for `work`, this long at most. */
async function withinMs(ms: number, work: Promise<unknown>): Promise<void> {
  const isDone = new AbortController();
  const late = sleep(ms, undefined, { signal: isDone.signal }).catch(() => {});
  await Promise.race([work, late]);
  isDone.abort();
}

/** Composing was so slow, or the process frozen so long, that the lease could expire while sending. */
const late: Outcome = { state: 'deferred', words: 'It could not be composed in time; nothing was sent.' };
const unrecorded: Outcome = {
  state: 'uncertain',
  words: 'The outcome could not be stored; see the log of the service.',
};

import { Logger } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../common/clock.js';
import type { Settings } from '../settings.js';
import { compose } from './composer.js';
import type { Outcome } from './delivery.rules.js';
import type { Gathering } from './gathering.js';
import type { Mail } from './mail-kinds.js';
import type { MessageClaims, Prepared } from './message-claims.js';
import type { ClaimedMessage } from './message-bytes.js';
import { logFailure } from '../server/failure-log.js';

/** A claimed message with its stored bytes, or with its outcome if no attempt is needed. */
export type Supplied = { message: ClaimedMessage; since: number; readyAt: number } & (
  { bytes: Buffer | string } | { outcome: Outcome }
);

const FEWEST = 5;
/** Few enough to be sent soon after they are composed; enough to spread the cost of a claim. */
const MOST = 40;
/** After a batch sent faster than this a bigger one follows; slower ones stay small, so that no mail goes stale. */
const FAST_MS = 1_000;

/**
 * Claims, composes and stores the messages of one round, one batch ahead of the connections that send them. A batch
 * costs as many statements as a single message; its size follows the pace of the mail server. Its commits are those of the
 * outcomes recorded meanwhile.
 */
export class MessageQueue {
  private readonly log = new Logger('mail');
  private readonly ready: Supplied[] = [];
  private size = FEWEST;
  private isDry = false;
  private isClosed = false;
  private filledAt = 0;
  private filling: Promise<void> | undefined;

  constructor(
    private readonly claims: MessageClaims,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly gathering: Gathering,
  ) {}

  /** The next message to send; null when none is due any more. */
  async next(): Promise<Supplied | null> {
    while (!this.isClosed) {
      const next = this.ready.shift();
      if (next) {
        // If fetching the next batch fails, the caller that needs it gets the error.
        if (this.ready.length < this.size / 2) this.fill().catch(() => {});
        return next;
      }
      if (this.isDry && !this.filling) return null;
      await this.fill();
    }
    return null;
  }

  /** Hands out nothing more and releases the messages that were not taken. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.filling?.catch(() => {});
    const left = this.ready.splice(0).map(({ message }) => message);
    if (left.length > 0) await this.claims.release(left);
  }

  private fill(): Promise<void> {
    if (this.isDry && !this.filling) return Promise.resolve();
    this.filling ??= this.fetch().finally(() => (this.filling = undefined));
    return this.filling;
  }

  private async fetch(): Promise<void> {
    const since = performance.now();
    this.size = since - this.filledAt < FAST_MS ? Math.min(this.size * 2, MOST) : FEWEST;
    await this.gathering.join();
    const claimed = await this.claims.next(this.size);
    this.isDry = claimed.length === 0;
    if (this.isDry) return;
    const supplied = await this.made(claimed);
    const readyAt = (this.filledAt = performance.now());
    this.ready.push(...supplied.map((one) => ({ ...one, since, readyAt })));
  }

  private async made(messages: readonly ClaimedMessage[]) {
    const prepared = await this.prepared(messages);
    const supplied: ({ message: ClaimedMessage } & ({ bytes: Buffer | string } | { outcome: Outcome }))[] = [];
    const made: {
      message: ClaimedMessage;
      mail: Pick<Mail, 'subject' | 'lines'>;
      composed: Awaited<ReturnType<typeof compose>>;
    }[] = [];
    for (const message of messages) {
      const its = prepared.get(message.id);
      // What a mail was made of is not kept until all forty are stored.
      prepared.delete(message.id);
      // Another instance now holds the claim.
      if (!its) continue;
      if ('state' in its) supplied.push({ message, outcome: its });
      else if (!its.draft) supplied.push({ message, bytes: message.bytes! });
      else {
        try {
          const mail = its.draft();
          const composed = await compose(mail, message, this.settings, this.clock.now());
          // Without its text: forty of them would outlive the next collection of garbage.
          made.push({ message, mail: { subject: mail.subject, lines: mail.lines }, composed });
        } catch (error) {
          supplied.push({ message, outcome: this.failed(error) });
        }
        // Requests take precedence.
        await nextTurn();
      }
    }
    if (made.length === 0) return supplied;
    await this.gathering.join();
    const kept = await this.claims.keep(made);
    const ours = made.filter(({ message }) => kept.has(message.id));
    return [...supplied, ...ours.map(({ message, composed }) => ({ message, bytes: composed.bytes }))];
  }

  /** Prepares all at once; on failure one by one, so that one mail that cannot be composed delays no other. */
  private async prepared(messages: readonly ClaimedMessage[]): Promise<Map<string, Prepared>> {
    try {
      await this.gathering.join();
      return await this.claims.prepare(messages);
    } catch (error) {
      if (messages.length === 1) return new Map([[messages[0].id, this.failed(error)]]);
      const prepared = new Map<string, Prepared>();
      for (const message of messages) for (const [id, its] of await this.prepared([message])) prepared.set(id, its);
      return prepared;
    }
  }

  private failed(error: unknown): Outcome {
    logFailure(this.log, error);
    return { state: 'deferred', words: 'The message could not be composed; see the log of the service.' };
  }
}

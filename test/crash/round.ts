import { type ClientRequest, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../../src/platform/common/clock.js';
import { createApp } from '../../src/configure.js';
import { Database } from '../../src/platform/database/database.js';
import { rows } from '../../src/platform/database/rows.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { MessageState } from '../../src/platform/mail/outgoing-message.entity.js';
import { readSettings } from '../../src/platform/settings.js';
import { type DatabaseKind, newPlace } from '../support/app.js';
import { Mailbox, type Pace, type ReceivedMail } from '../support/mailbox.js';
import { Make } from '../support/make.js';
import { type Service, startService } from '../support/service.js';
import { STORED_MESSAGES } from '../support/stored-messages.js';

/** A second before Monday 1 June 2026, 08:00 in Amsterdam. */
const JUST_BEFORE = Date.parse('2026-06-01T05:59:59.000Z');
const ATTEMPT_SECONDS = 5;
const LEASE_SECONDS = 7;
const LONGEST_ROUND_MS = process.env.CRASH_ROUNDS ? 150_000 : 60_000;
/** Recording that the server accepted a message takes milliseconds; longer on a busy machine. */
const RECORDING_MS = 2_000;
/** The number of messages one process has in flight. */
export const IN_FLIGHT = 5;

export interface Plan {
  kind: DatabaseKind;
  processes: number;
  people: number;
  pace: Pace;
  environment?: Record<string, string>;
}

interface StoredMessage {
  address: string;
  state: MessageState;
  messageId: string | null;
  bytes: string | null;
  attempts: number;
  nextAttemptAt: string;
}

/** One Monday morning of real processes on one database, with a real mail server. */
export class Round {
  readonly services: Service[] = [];
  /** When a process was killed or frozen (ms since 1970). */
  readonly broken: number[] = [];
  private readonly asked = new Set<ClientRequest>();
  private isFinished = false;
  private isCleared = false;
  private clockAt = JUST_BEFORE;
  /** How far the processes' clock lags behind this one's (ms); each start adds a little. */
  private lag = 0;

  private constructor(
    private readonly plan: Plan,
    readonly mailbox: Mailbox,
    private readonly environment: Record<string, string>,
    private readonly token: string,
    readonly addresses: readonly string[],
    private readonly remove: () => Promise<void>,
  ) {}

  static async prepare(plan: Plan): Promise<Round> {
    const mailbox = await Mailbox.start(plan.pace);
    const place = await newPlace(plan.kind);
    const environment = {
      ...place.environment,
      SMTP_URL: mailbox.url,
      LOG_LEVEL: 'info',
      MAIL_ATTEMPT_SECONDS: String(ATTEMPT_SECONDS),
      MAIL_LEASE_SECONDS: String(LEASE_SECONDS),
      ...plan.environment,
    };
    const clock = new Clock(new Date(JUST_BEFORE).toISOString());
    const app = await createApp(readSettings({ ...environment, NODE_ENV: 'test', LOG_LEVEL: 'silent' }), clock);
    await app.init();
    const make = new Make(app.get(Transactions), clock);
    const token = await make.signedIn('admin');
    const areaId = (await make.area({ name: 'Boskoop' })).id;
    const ownerId = (await make.organisation({ name: 'Politie' })).id;
    const addresses = Array.from({ length: plan.people }, (_, n) => `wijkagent${n}@politie.example`);
    for (const email of addresses) {
      const { id: ownerPersonId } = await make.person({ email });
      await make.action({ areaId, ownerId, ownerPersonId, recordedOn: '2026-04-01', dueOn: '2026-05-20' });
    }
    await app.close();
    return new Round(plan, mailbox, environment, token, addresses, place.remove);
  }

  /** Starts the processes; each start is some hours later, so that postponed messages are due. */
  async start(): Promise<void> {
    const NOW = new Date(this.clockAt).toISOString();
    this.lag = Date.now() - this.clockAt;
    this.clockAt += 3 * 3_600_000;
    const started = Array.from({ length: this.plan.processes }, () => startService({ ...this.environment, NOW }));
    this.services.push(...(await Promise.all(started)));
    // The round was stopped while they were starting.
    if (this.isCleared) await this.clear();
  }

  /** Triggers planning and sending in every running process, without waiting for any. */
  ring(): void {
    for (const { url } of this.services) {
      // A new connection each time: a kept-alive one to a killed process would delay the end of the run.
      const asked = request(`${url}/v1/digests`, {
        method: 'POST',
        agent: false,
        headers: { authorization: this.token },
      });
      this.asked.add(asked);
      asked.on('response', (answer) => answer.resume());
      asked.on('error', () => {});
      asked.on('close', () => this.asked.delete(asked));
      asked.end();
    }
  }

  /** Waits until it is eight o'clock for the processes that were started first. */
  untilDue(): Promise<void> {
    return sleep(1_000);
  }

  async kill(service: Service): Promise<void> {
    this.services.splice(this.services.indexOf(service), 1);
    const ended = new Promise((resolve) => service.process.once('exit', resolve));
    this.broken.push(Date.now());
    service.process.kill('SIGKILL');
    await ended;
  }

  /** Freezes a process until its claims expire, and then lets it continue. */
  async freezePastLease(service: Service): Promise<void> {
    this.broken.push(Date.now());
    service.process.kill('SIGSTOP');
    // It may have been frozen while it was blocking the others, which then continue only after it.
    for (const end = performance.now() + 8_000; performance.now() < end && !(await this.isAllSent());) {
      this.ring();
      await sleep(250);
    }
    this.broken.push(Date.now());
    service.process.kill('SIGCONT');
  }

  async terminate(service: Service): Promise<void> {
    this.services.splice(this.services.indexOf(service), 1);
    await service.stop();
  }

  /** Triggers sending until every message has a final state. Throws if that takes too long. */
  async finish(): Promise<StoredMessage[]> {
    const until = Date.now() + LONGEST_ROUND_MS;
    let messages: StoredMessage[] = [];
    while (Date.now() < until) {
      this.ring();
      messages = await this.stored();
      if (messages.length > 0 && messages.every(({ state }) => state === 'sent')) {
        this.isFinished = true;
        return messages;
      }
      if (this.isOnlyWaiting(messages)) await this.startLater();
      await sleep(250);
    }
    const states = messages.map(({ address, state }) => `${address} ${state}`).join('\n');
    throw new Error(`Not finished:\n${states}\n${this.services.map((service) => service.output()).join('\n')}`);
  }

  /** The contents of the database. On SQLite it is read while the service runs, as `verify` does. */
  async stored(): Promise<StoredMessage[]> {
    const { openDatabase } = await import('../../src/platform/database/data-source.js');
    const { SCHEMA } = await import('../../src/schema.js');
    const database: Database = await openDatabase(
      readSettings({ ...this.environment, NODE_ENV: 'test' }),
      SCHEMA,
      false,
    );
    const found = await rows<StoredMessage>(
      database.reader,
      `SELECT "address", "state", "messageId", "bytes", "attempts", "nextAttemptAt" FROM ${STORED_MESSAGES} ORDER BY "address"`,
    );
    await database.onApplicationShutdown();
    return found;
  }

  async clear(): Promise<void> {
    const isFirst = !this.isCleared;
    this.isCleared = true;
    for (const service of this.services.splice(0)) {
      service.process.kill('SIGCONT');
      service.process.kill('SIGKILL');
    }
    if (!isFirst) return;
    for (const asked of this.asked) asked.destroy();
    await sleep(100);
    await this.mailbox.stop();
    await this.remove();
  }

  /** Messages that the mail server accepted twice without an interruption that explains it; should be empty. */
  unexplained(): string[] {
    return this.addresses.flatMap((address) => {
      const received = this.mailbox.to(address);
      if (received.length === 0) return [`${address} got nothing`];
      const [first, ...later] = received;
      const others = later.filter(({ raw, mail }) => raw !== first.raw || mail.messageId !== first.mail.messageId);
      if (others.length > 0) return [`${address} got something else the second time`];
      return received.slice(0, -1).every((copy) => this.isExplained(copy)) ? [] : [`${address} got a double`];
    });
  }

  /** The results in numbers, for the summary of many rounds. */
  summary() {
    const copies = this.addresses.map((address) => this.mailbox.to(address));
    const later = copies.flatMap(([first, ...rest]) => rest.map((copy) => ({ first, copy })));
    const isOther = ({ first, copy }: { first: ReceivedMail; copy: ReceivedMail }) =>
      copy.raw !== first.raw || copy.mail.messageId !== first.mail.messageId;
    return {
      people: this.addresses.length,
      accepted: this.mailbox.messages.length,
      doubles: later.length,
      outside: copies.flatMap((received) => received.slice(0, -1)).filter((copy) => !this.isExplained(copy)).length,
      others: later.filter(isOther).length,
      cutOff: this.isFinished ? 0 : 1,
      lost: this.isFinished ? copies.filter((received) => received.length === 0).length : 0,
    };
  }

  doubles(): number {
    return this.mailbox.messages.length - this.addresses.length;
  }

  /** The one window: the last mail of a connection, accepted so close to an interruption that it was not recorded. */
  private isExplained(copy: ReceivedMail): boolean {
    const isLast = !this.mailbox.messages.some(({ line, at }) => line === copy.line && at > copy.at);
    const { dotMs, answerMs } = this.plan.pace;
    return isLast && this.broken.some((at) => Math.abs(at - copy.at) <= dotMs + answerMs + RECORDING_MS);
  }

  private async isAllSent(): Promise<boolean> {
    const messages = await this.stored();
    return messages.length > 0 && messages.every(({ state }) => state === 'sent');
  }

  /** Nothing is in progress any more: whatever was not sent is scheduled for later. */
  private isOnlyWaiting(messages: readonly StoredMessage[]): boolean {
    const soon = Date.now() - this.lag + 5_000;
    return (
      messages.length > 0 &&
      messages.every(
        ({ state, nextAttemptAt }) =>
          state === 'sent' || ((state === 'deferred' || state === 'uncertain') && Date.parse(nextAttemptAt) > soon),
      )
    );
  }

  private async startLater(): Promise<void> {
    await Promise.all([...this.services].map((service) => this.terminate(service)));
    await this.start();
  }
}

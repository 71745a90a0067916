import { afterAll } from '@jest/globals';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export interface ReceivedMail {
  to: string;
  from: string;
  /** The message as received, byte for byte. */
  raw: string;
  mail: ParsedMail;
  /** The connection it was received on. */
  line: string;
  /** When its final dot was received (ms since 1970). */
  at: number;
}

/** The delays of the server in ms: before each response, and after the final dot. */
export interface Pace {
  answerMs: number;
  dotMs: number;
}

/** The server's reaction to a recipient, or to the message after its last byte. */
type Behaviour = 'accept' | 'refuse' | 'try-later' | 'drop' | 'accept-and-drop' | 'accept-slowly' | 'hang';

const running: Mailbox[] = [];
afterAll(async () => {
  for (const mailbox of running.splice(0)) await mailbox.stop();
});

/** A real SMTP server that stores what it accepts and can be told to misbehave. Stopped after the file. */
export class Mailbox {
  readonly messages: ReceivedMail[] = [];
  /** The number of attempts per address. */
  readonly attempts = new Map<string, number>();
  private readonly behaviours = new Map<string, Behaviour[]>();
  private readonly server: SMTPServer;
  private port = 0;
  private readonly stopping = new AbortController();

  private constructor(private readonly pace: Pace) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onConnect: (_, done) => this.slowly(done),
      onMailFrom: (_, _session, done) => this.slowly(done),
      onRcptTo: ({ address }, session, done) => this.onRecipient(address, session, done),
      onData: (stream, session, done) => void this.onData(stream, session, done),
    });
    // Dropped connections are part of the tests.
    this.server.on('error', () => {});
  }

  static async start(pace: Pace = { answerMs: 0, dotMs: 0 }): Promise<Mailbox> {
    const mailbox = new Mailbox(pace);
    await mailbox.listen();
    running.push(mailbox);
    return mailbox;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** The next reactions for an address, in order; after them it accepts. */
  behave(address: string, ...behaviours: Behaviour[]): void {
    this.behaviours.set(address, behaviours);
  }

  /** Clears everything for the next test. */
  clear(): void {
    this.messages.length = 0;
    this.attempts.clear();
    this.behaviours.clear();
  }

  to(address: string): ReceivedMail[] {
    return this.messages.filter((message) => message.to === address);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', () => resolve()));
    this.port = (this.server.server.address() as AddressInfo).port;
  }

  /** A delay that ends when the server stops, so that it cannot keep the test run alive. */
  private pause(ms: number): Promise<unknown> {
    return sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => {});
  }

  private slowly(done: () => void): void {
    if (this.pace.answerMs > 0) setTimeout(done, this.pace.answerMs);
    else done();
  }

  private onRecipient(address: string, session: SMTPServerSession, done: (error?: Error | null) => void): void {
    this.attempts.set(address, (this.attempts.get(address) ?? 0) + 1);
    const next = this.behaviours.get(address)?.[0];
    if (next === undefined || next === 'accept-and-drop' || next === 'accept-slowly') return this.slowly(done);
    this.behaviours.get(address)!.shift();
    if (next === 'accept') return this.slowly(done);
    if (next === 'refuse') return done(answer(550, 'No such user here'));
    if (next === 'try-later') return done(answer(450, 'Mailbox busy, try again later'));
    if (next === 'drop') this.drop(session);
  }

  private async onData(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const parts: Buffer[] = [];
    try {
      for await (const part of stream) parts.push(part as Buffer);
    } catch {
      // The connection was dropped before the final dot: there is no message.
      return;
    }
    const raw = Buffer.concat(parts).toString('latin1');
    const { mailFrom, rcptTo } = session.envelope;
    const to = rcptTo[0].address;
    const arrival = { line: session.id, at: Date.now() };
    this.messages.push({ to, from: mailFrom ? mailFrom.address : '', raw, mail: await simpleParser(raw), ...arrival });
    if (this.pace.dotMs > 0) await this.pause(this.pace.dotMs);
    if (this.behaviours.get(to)?.[0] === 'accept-slowly') {
      this.behaviours.get(to)!.shift();
      await this.pause(700);
    }
    if (this.behaviours.get(to)?.[0] === 'accept-and-drop') {
      this.behaviours.get(to)!.shift();
      return this.drop(session);
    }
    done();
  }

  private drop(session: SMTPServerSession): void {
    const connections = (this.server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> })
      .connections;
    for (const connection of connections) if (connection.id === session.id) connection._socket.destroy();
  }
}

const answer = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

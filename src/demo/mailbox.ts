import { simpleParser } from 'mailparser';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Clock } from '../platform/common/clock.js';
import type { Renderer } from '../platform/rendering/renderer.js';
import { EVENTS_PATH, EventReceiver } from './event-receiver.js';
import { MailboxPages, type ReceivedMail } from './mailbox.pages.js';

const MOST_MAILS = 1000;
const MOST_BYTES = 10 * 1024 * 1024;
const LOOPBACK = '127.0.0.1';

/**
 * A real SMTP server that keeps every mail in memory, with a page to read them; the same server takes the events for other
 * systems. Listens on this machine only.
 */
export class Mailbox {
  private readonly mails: ReceivedMail[] = [];
  private lastId = 0;

  private constructor(
    private readonly clock: Clock,
    private readonly smtp: SMTPServer,
    private readonly http: Server,
  ) {}

  /** Starts on a free port for SMTP, and for the page on `pagePort` or the first free port after it. */
  static async start(clock: Clock, renderer: Renderer, pagePort: number): Promise<Mailbox> {
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      size: MOST_BYTES,
      logger: false,
      onData: (stream, { envelope }, done) => {
        const to = envelope.rcptTo.map(({ address }) => address);
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => void mailbox.keep(Buffer.concat(chunks), to).then(() => done(), done));
      },
    });
    const events = new EventReceiver();
    const http = createHttpServer((request, response) => {
      if (!events.answer(request, response)) pages.answer(request, response);
    });
    const mailbox = new Mailbox(clock, smtp, http);
    const pages = new MailboxPages(mailbox.mails, renderer);
    smtp.on('error', () => {});
    await new Promise<void>((resolve) => smtp.listen(0, LOOPBACK, resolve));
    await listenFrom(http, pagePort);
    return mailbox;
  }

  get smtpUrl(): string {
    return `smtp://${LOOPBACK}:${(this.smtp.server.address() as AddressInfo).port}`;
  }

  get pageUrl(): string {
    return `http://${LOOPBACK}:${(this.http.address() as AddressInfo).port}`;
  }

  get eventsUrl(): string {
    return `${this.pageUrl}${EVENTS_PATH}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.smtp.close(() => resolve()));
    this.http.closeAllConnections();
    await new Promise<void>((resolve) => this.http.close(() => resolve()));
  }

  private async keep(bytes: Buffer, to: string[]): Promise<void> {
    const mail = await simpleParser(bytes, { skipTextToHtml: true });
    this.lastId += 1;
    this.mails.push({ id: this.lastId, receivedAt: this.clock.moment(), to, mail, raw: bytes.toString('utf8') });
    if (this.mails.length > MOST_MAILS) this.mails.shift();
  }
}

/** Listens on the first free port starting at `port`. */
async function listenFrom(server: Server, port: number): Promise<void> {
  for (let next = port; ; next += 1) {
    try {
      return await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(next > 65_535 ? 0 : next, LOOPBACK, () => {
          server.removeListener('error', reject);
          resolve();
        });
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

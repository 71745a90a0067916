import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type Outcome, outcomeOf, type Step } from './delivery.rules.js';
import { asMessage } from './smtp-data.rules.js';

interface Envelope {
  from: string;
  to: string;
}

/** A connection to the mail server, kept open between messages and reopened after any error. */
export class SmtpConnection {
  private connection?: SMTPConnection;
  private isEnded = false;

  /** nodemailer's own timeouts restart with every byte, so `longestMs` limits each attempt as a whole. */
  constructor(
    private readonly url: string,
    private readonly longestMs: number,
  ) {}

  /** Sends ready-made bytes to one address. Never throws: errors are in the outcome. */
  async send(envelope: Envelope, bytes: Buffer | string): Promise<Outcome> {
    let step: Step = 'connecting';
    if (this.isEnded) return { state: 'deferred', words: 'The service stopped before it could be sent.' };
    const timer = setTimeout(() => this.close(`Timed out after ${this.longestMs / 1000} seconds.`), this.longestMs);
    try {
      const connection = await this.open();
      step = 'sending';
      const { response } = await this.during<{ response: string }>(connection, (done) =>
        connection.send(
          { from: envelope.from, to: [envelope.to] },
          asMessage(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes) as never,
          done as never,
        ),
      );
      return { state: 'sent', words: response };
    } catch (error) {
      const outcome = outcomeOf(error as Error, step);
      // A refused address leaves the connection usable; after any other error it cannot be trusted.
      if (outcome.state === 'uncertain' || !(await this.isResettable())) this.close();
      return outcome;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Aborts the current attempt and sends nothing more. */
  end(reason: string): void {
    this.isEnded = true;
    this.close(reason);
  }

  /** Aborts the current attempt. */
  close(reason?: string): void {
    const connection = this.connection;
    this.connection = undefined;
    if (!connection) return;
    connection.emit('given-up', new Error(reason ?? 'The connection was closed.'));
    connection.close();
  }

  private async open(): Promise<SMTPConnection> {
    if (this.connection) return this.connection;
    const { auth, ...options } = parseConnectionUrl(this.url);
    const connection = new SMTPConnection({
      ...options,
      connectionTimeout: 20_000,
      greetingTimeout: 20_000,
      socketTimeout: 60_000,
      dnsTimeout: 20_000,
    });
    this.connection = connection;
    const forget = () => {
      if (this.connection === connection) this.connection = undefined;
    };
    connection.on('error', forget);
    connection.on('end', forget);
    try {
      await this.during(connection, (done) => connection.connect(done as never));
      if (auth) await this.during(connection, (done) => connection.login(auth as never, done as never));
    } catch (error) {
      this.close();
      throw error;
    }
    return connection;
  }

  private async isResettable(): Promise<boolean> {
    const connection = this.connection;
    if (!connection) return false;
    return this.during(connection, (done) => connection.reset(done as never)).then(
      () => true,
      () => false,
    );
  }

  /** One step of the SMTP dialogue: ends with a response, an error, a closed connection, or by being aborted. */
  private async during<T>(
    connection: SMTPConnection,
    act: (done: (error?: Error | null, value?: T) => void) => void,
  ): Promise<T> {
    const listeners: [string, (error?: Error) => void][] = [];
    try {
      return await new Promise<T>((resolve, reject) => {
        const listen = (event: string, listener: (error?: Error) => void) => {
          listeners.push([event, listener]);
          connection.on(event, listener);
        };
        listen('error', (error) => reject(error));
        listen('given-up', (error) => reject(error));
        listen('end', () => reject(new Error('The mail server closed the connection.')));
        act((error, value) => (error ? reject(error) : resolve(value as T)));
      });
    } finally {
      for (const [event, listener] of listeners) connection.off(event, listener);
    }
  }
}

import { afterAll } from '@jest/globals';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export const STEPS = ['banner', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'dot'] as const;
export type SmtpStep = (typeof STEPS)[number];
/** The fault at a step: a response with that code, no response, a dropped connection, or one byte at a time. */
export type Fault = 421 | 450 | 550 | 'hang' | 'drop' | 'dribble' | 'bad-tls';

const PROPER: Record<SmtpStep, string> = {
  banner: '220 mail.example ESMTP',
  EHLO: '250 mail.example',
  MAIL: '250 2.1.0 Ok',
  RCPT: '250 2.1.5 Ok',
  DATA: '354 End data with <CR><LF>.<CR><LF>',
  dot: '250 2.0.0 Ok: queued',
};
const DRIBBLE_MS = 60;

const running: HostileServer[] = [];
afterAll(async () => {
  for (const server of running.splice(0)) await server.stop();
});

/** A mail server implemented line by line, so that it can fail at every step. Stopped after the file. */
export class HostileServer {
  step: SmtpStep = 'banner';
  fault: Fault = 'hang';
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor() {
    this.server = createServer((socket) => void this.talk(socket).catch(() => {}));
  }

  static async start(): Promise<HostileServer> {
    const hostile = new HostileServer();
    await new Promise<void>((resolve) => hostile.server.listen(0, '127.0.0.1', () => resolve()));
    running.push(hostile);
    return hostile;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async talk(socket: Socket): Promise<void> {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => {});
    await this.answer(socket, 'banner');
    let text = '';
    let isInData = false;
    for await (const part of socket) {
      text += (part as Buffer).toString('latin1');
      if (isInData && !text.includes('\r\n.\r\n')) continue;
      for (const line of isInData ? ['dot'] : text.split('\r\n').filter(Boolean)) {
        const step = stepOf(line);
        isInData = step === 'DATA' && (this.step !== 'DATA' || this.fault === 'dribble');
        await this.answer(socket, step, line);
      }
      text = '';
    }
  }

  private async answer(socket: Socket, step: SmtpStep | null, line = ''): Promise<void> {
    if (line.startsWith('STARTTLS')) return void socket.write('220 Go ahead\r\nthis is no TLS at all\r\n');
    if (step === null) return void socket.write('250 Ok\r\n');
    const isHere = step === this.step;
    if (isHere && this.fault === 'hang') return;
    if (isHere && this.fault === 'drop') return void socket.destroy();
    if (isHere && this.fault === 'bad-tls') return void socket.write('250-mail.example\r\n250 STARTTLS\r\n');
    if (isHere && typeof this.fault === 'number')
      return void socket.write(`${this.fault} ${step} is not taken here\r\n`);
    const words = `${PROPER[step]}\r\n`;
    if (!isHere) return void socket.write(words);
    for (const byte of words) {
      if (socket.destroyed) return;
      socket.write(byte);
      await sleep(DRIBBLE_MS);
    }
  }
}

function stepOf(line: string): SmtpStep | null {
  if (line === 'dot') return 'dot';
  const word = line.slice(0, 4).toUpperCase();
  if (word === 'EHLO' || word === 'HELO') return 'EHLO';
  return STEPS.find((step) => step === word) ?? null;
}

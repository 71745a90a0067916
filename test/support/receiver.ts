import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  event: { id: string; type: string; source: string; subject: string; dataref: string; data: Record<string, unknown> };
}

/** Another system that receives events, over real HTTP. Stop it after the file. */
export class Receiver {
  readonly received: Received[] = [];
  /** The responses to the next requests; 204 once these are used up. */
  readonly answers: (number | ((response: ServerResponse) => void))[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const event = JSON.parse(body) as Received['event'];
        receiver.received.push({ path: request.url!, headers: request.headers, body, event });
        const answer = receiver.answers.shift() ?? 204;
        if (typeof answer === 'function') answer(response);
        else response.writeHead(answer).end();
      });
    });
    const receiver = new Receiver(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What arrived since the last call: the kind and subject of each event, in alphabetical order. */
  take(): string[] {
    const names = this.received.map(({ event }) => `${event.type.replace('nl.wijkagenda.', '')} ${event.subject}`);
    this.received.length = 0;
    return names.sort();
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export const EVENTS_PATH = '/berichten';
const MOST_EVENTS = 1000;
const MOST_CHARACTERS = 100_000;

/** Another system on this machine: accepts every event and shows those received as JSON, newest first. */
export class EventReceiver {
  private readonly events: unknown[] = [];

  /** Handles requests addressed to it; returns false for any other. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.url !== EVENTS_PATH) return false;
    if (request.method === 'POST') void this.take(request).then((status) => response.writeHead(status).end());
    else response.writeHead(200, HEADERS).end(JSON.stringify(this.events, null, 2));
    return true;
  }

  /** The status to respond with. */
  private async take(request: IncomingMessage): Promise<number> {
    try {
      const said = await text(request);
      if (said.length > MOST_CHARACTERS) return 413;
      this.events.unshift(JSON.parse(said));
    } catch {
      return 400;
    }
    if (this.events.length > MOST_EVENTS) this.events.pop();
    return 204;
  }
}

const HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

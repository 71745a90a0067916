import type { Readable } from 'node:stream';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController, PathId } from '../../web/page-kit.js';
import { SessionStreams } from './session-streams.service.js';
import { STREAM_HEADERS } from './streams.rules.js';

/** Keeps the screens of a session in sync. */
@PageController('vergaderingen/:id')
export class StreamsController {
  constructor(private readonly streams: SessionStreams) {}

  /** Server-sent events; a client that does not accept these gets the current version only. */
  @Page('gebeurtenissen', 'sessions.read')
  async follow(@CurrentPage() page: PageContext, @PathId() id: string): Promise<Readable | object> {
    const { method, headers } = page.request;
    const isStream = method === 'GET' && /\btext\/event-stream\b/.test(headers.accept ?? '');
    if (!isStream) return this.streams.version(id, page.request);
    const events = await this.streams.open(id, page.request);
    void page.reply.headers(STREAM_HEADERS);
    return events;
  }
}

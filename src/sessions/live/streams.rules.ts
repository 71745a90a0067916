/** One event of the stream. It carries the id and the version of the session and nothing else. */
export interface StreamEvent {
  /**
   * `version`: something changed, or the heartbeat with the version as it is; `all`: changes may have been missed, so
   * everything is to be fetched; `elsewhere`: the person opened more streams than fit, and this is their oldest.
   */
  event: 'version' | 'all' | 'elsewhere';
  id: string;
  version: string;
}

export const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  // Otherwise nginx would buffer the events.
  'X-Accel-Buffering': 'no',
} as const;

/** How long the browser waits before it reconnects (ms). */
const RETRY_MS = 2_000;

export const OPENING = `retry: ${RETRY_MS}\n\n`;

/** As server-sent event. */
export const toText = ({ event, id, version }: StreamEvent): string =>
  `event: ${event}\ndata: ${JSON.stringify({ id, version })}\n\n`;

/**
 * Allows several windows and devices per person; the oldest stream makes room. Without HTTP/2, a browser has six
 * connections.
 */
export const MOST_OF_A_PERSON = 5;
export const MOST_IN_ALL = 500;
/** A browser that leaves this much unread (bytes) is disconnected: it reconnects and fetches everything. */
export const MOST_UNREAD = 4_096;

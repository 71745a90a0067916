import { until } from './until.js';

interface Heard {
  event: string;
  id: string;
  version: string;
}

/** Follows a session as its page does: what the stream says, and whether it is still open. */
export class Follower {
  readonly heard: Heard[] = [];
  text = '';
  hasEnded = false;

  private constructor(
    readonly answer: Response,
    /** Closes the page. */
    readonly leave: () => void,
  ) {}

  /** Throws if the response is not a stream. */
  static async of(url: string, sessionId: string, headers: Record<string, string>): Promise<Follower> {
    const path = `${url}/vergaderingen/${sessionId}/gebeurtenissen`;
    const leaving = new AbortController();
    const accept = { accept: 'text/event-stream' };
    const answer = await fetch(path, { headers: { ...accept, ...headers }, signal: leaving.signal });
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    const follower = new Follower(answer, () => leaving.abort());
    void follower.read();
    await until('the stream says where it begins', () => follower.heard.length > 0);
    return follower;
  }

  get last(): Heard {
    return this.heard.at(-1)!;
  }

  /** Waits for the next event after the first `count`; returns it. */
  async after(count: number, longestMs = 5_000): Promise<Heard> {
    await until(`event ${count + 1} of ${JSON.stringify(this.heard)}`, () => this.heard.length > count, { longestMs });
    return this.heard[count];
  }

  untilEnded(longestMs = 5_000): Promise<void> {
    return until('the stream ends', () => this.hasEnded, { longestMs });
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const bytes of this.answer.body!) {
        this.text += decoder.decode(bytes as Uint8Array, { stream: true });
        const events = [...this.text.matchAll(/^event: (\w+)\ndata: (.+)\n\n/gm)];
        for (const [, event, data] of events.slice(this.heard.length))
          this.heard.push({ event, ...(JSON.parse(data) as { id: string; version: string }) });
      }
    } catch {
      // The connection broke, or the page was closed.
    }
    this.hasEnded = true;
  }
}

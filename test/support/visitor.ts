import type { Response } from 'supertest';
import type { TestApp } from './app.js';

/** Someone who views pages and posts forms, without a browser. */
export class Visitor {
  constructor(
    private readonly t: TestApp,
    private cookie = '',
  ) {}

  /** Signed in as an existing person. */
  static async of(t: TestApp, personId: string): Promise<Visitor> {
    return new Visitor(t, await t.make.cookie(personId));
  }

  async see(path: string, status = 200): Promise<string> {
    const answer = await this.t.api.get(path).set('Accept', 'text/html').set('Cookie', this.cookie);
    this.keep(answer);
    if (answer.status !== status) throw new Error(`${path} answered ${answer.status}: ${answer.text.slice(0, 500)}`);
    return answer.text;
  }

  /** The redirect target of a page. */
  async sentTo(path: string): Promise<string> {
    const answer = await this.t.api.get(path).set('Accept', 'text/html').set('Cookie', this.cookie).expect(303);
    this.keep(answer);
    return answer.headers.location;
  }

  /** Posts a form as the page at `from` (by default the same path) would, with its CSRF token. */
  async post(path: string, fields: Record<string, string | string[]> = {}, from = path): Promise<Response> {
    const csrf = /name="_csrf" value="([^"]+)"/.exec(await this.see(from))?.[1];
    return this.postRaw(path, { ...fields, ...(csrf && { _csrf: csrf }) });
  }

  async postRaw(
    path: string,
    fields: Record<string, string | string[]>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const request = this.t.api.post(path).type('form').set('Accept', 'text/html').set('Cookie', this.cookie);
    const answer = await request.set(headers).send(fields);
    this.keep(answer);
    return answer;
  }

  get cookies(): string {
    return this.cookie;
  }

  private keep(answer: Response): void {
    const jar = new Map(
      this.cookie
        .split('; ')
        .filter(Boolean)
        .map((pair) => pair.split('=') as [string, string]),
    );
    for (const line of (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? []) {
      const [name, value] = line.split(';')[0].split('=');
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    this.cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

import { ask } from './client.mjs';
import { wholeList } from './labels.mjs';

/** Sends requests to the API, one after the other, and records the responses. */
export class Scenario {
  lines = [];
  /** What was created, by the path it was posted to. */
  made = [];

  constructor(demo) {
    this.demo = demo;
  }

  /** One request; a change is sent with the resource's current ETag. Returns the body. */
  async do(role, method, path, body, { tagOf = path, tag, type = 'application/json' } = {}) {
    const authorization = `Bearer ${this.demo.tokens[role]}`;
    const match = method === 'POST' ? undefined : (tag ?? (await this.read(role, tagOf)).headers.etag);
    const answer = await ask(`${this.demo.baseUrl}/v1${path}`, {
      method,
      headers: { authorization, 'content-type': type, ...(match && { 'if-match': match }) },
      body: body === undefined ? '{}' : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const told = answer.text && /json$/.test(answer.type) ? JSON.parse(answer.text) : {};
    if (told.id && method === 'POST') this.made.push({ path: path.split('?')[0], id: told.id });
    this.lines.push(`== ${role} ${method} ${path} -> ${answer.status}`, JSON.stringify(told, null, 1), '');
    return { ...told, status: answer.status };
  }

  read(role, path) {
    return ask(`${this.demo.baseUrl}/v1${path}`, { headers: { authorization: `Bearer ${this.demo.tokens[role]}` } });
  }

  /** The first matching item of a list; only the fields in the list are considered. */
  async find(role, path, isMeant) {
    const found = (await wholeList(this.demo, role, path)).find(isMeant);
    if (!found) throw new Error(`Nothing in ${path} is what the scenario needs.`);
    return found;
  }
}

import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** Sends one request, without following redirects; the connection is reused. */
export function ask(url, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { agent, method, headers: { ...length, ...headers } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const bytes = Buffer.concat(parts);
        const type = (answer.headers['content-type'] ?? '').split(';')[0];
        resolve({ status: answer.statusCode, type, headers: answer.headers, bytes, text: bytes.toString() });
      });
    });
    sent.on('error', (error) => {
      // An idle connection was closed just as it was about to be reused: the request never arrived.
      if (sent.reusedSocket && error.code === 'ECONNRESET') ask(url, { method, headers, body }).then(resolve, reject);
      else reject(error);
    });
    sent.end(body);
  });
}

/** A browser without JavaScript: keeps cookies, submits forms. */
export class Visitor {
  jar = new Map();

  constructor(base) {
    this.base = base;
  }

  async get(path, accept = 'text/html') {
    return this.keep(await ask(this.base + path, { headers: { cookie: this.cookie, accept } }));
  }

  async post(path, fields, type = 'application/x-www-form-urlencoded') {
    const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    const headers = { cookie: this.cookie, accept: 'text/html', 'content-type': type, origin: this.base };
    return this.keep(await ask(this.base + path, { method: 'POST', headers, body }));
  }

  get cookie() {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  keep(answer) {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const pair = line.split(';')[0];
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === '' || /max-age=0/i.test(line)) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return answer;
  }
}

/** Signs in by the link of the demo: opens the page, then clicks its button. */
export async function signIn(base, link) {
  const visitor = new Visitor(base);
  const { pathname } = new URL(link);
  await visitor.get(pathname);
  const answer = await visitor.post(pathname, {});
  if (answer.status !== 303) throw new Error(`Signing in answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  return visitor;
}

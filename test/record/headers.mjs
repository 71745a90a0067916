import { createHash } from 'node:crypto';
import { ask, signIn } from './client.mjs';

const VARYING = new Set(['date', 'x-request-id', 'content-length', 'connection', 'keep-alive', 'etag']);
const PATHS = ['/', '/openbaar', '/mijn-acties', '/bestaat-niet', '/v1/me', '/v1/areas?pageSize=2', '/v1/bestaat-niet'];
PATHS.push(
  '/v1/areas/',
  '/v1/openapi.json',
  '/v1/public/wijkagendas',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/docs',
);

/** All headers of a response of each kind, and the responses to unused methods. */
export async function recordHeaders(demo, keep) {
  const visitor = await signIn(demo.baseUrl, demo.signIn.chair);
  const lines = [];
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE']) {
    for (const path of PATHS) {
      const bearer = path.startsWith('/v1') && { authorization: `Bearer ${demo.tokens.chair}` };
      const headers = { accept: 'text/html', ...(bearer || { cookie: visitor.cookie }) };
      const answer = await ask(demo.baseUrl + path, { method, headers });
      lines.push(`== ${method} ${path} -> ${answer.status}`);
      for (const [name, value] of Object.entries(answer.headers).sort()) {
        if (!VARYING.has(name)) lines.push(`${name}: ${value}`);
      }
      if (path.startsWith('/health')) lines.push(answer.text);
      if (path === '/metrics') lines.push(...answer.text.split('\n').filter((line) => /^# (HELP|TYPE)/.test(line)));
    }
  }
  keep('headers', lines);
}

/** The style sheets and scripts that pages refer to: their names, types and hashes. */
export async function recordAssets(demo, addresses, keep) {
  const lines = [];
  for (const address of [...addresses].sort()) {
    const { status, type, bytes } = await ask(demo.baseUrl + address);
    lines.push(`${address} ${status} ${type} ${bytes.length} bytes, sha256 ${digest(bytes)}`);
  }
  keep('assets', lines);
}

/** Half of it, because `Plain` would replace a whole hash as a random secret. */
const digest = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 32);

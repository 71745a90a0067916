import { Agent, request } from 'node:http';
import { request as secureRequest } from 'node:https';

/** A request on a warm connection; the response is read to its end. */
export function ask(agent, base, { method = 'GET', path, headers = {}, body }) {
  const { hostname, port, protocol } = new URL(base);
  const content = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = (protocol === 'https:' ? secureRequest : request)(
      {
        agent,
        hostname,
        port,
        method,
        path,
        headers: {
          ...headers,
          ...(content && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(content) }),
        },
      },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(content);
  });
}

/**
 * Keeps `connections` requests in flight for `seconds`; `next` makes each one. Counts only 2xx responses and
 * throws at the first other one, so that no error is measured as speed. Uses its own agent unless one is given.
 */
export async function load(
  base,
  next,
  { connections = 16, seconds, agent = new Agent({ keepAlive: true, maxSockets: connections }) },
) {
  const took = [];
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const one = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      const { status, text } = await ask(agent, base, next());
      if (status < 200 || status > 299) throw new Error(`Answered ${status}: ${text.slice(0, 500)}`);
      took.push(performance.now() - start);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, one));
  } finally {
    agent.destroy();
  }
  const elapsed = (performance.now() - begin) / 1000;
  took.sort((a, b) => a - b);
  const at = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))];
  return { perSecond: took.length / elapsed, p50: at(0.5), p99: at(0.99), requests: took.length };
}

import { Agent, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestApp } from './app.js';

interface Asked {
  method: string;
  path: string;
  headers?: Record<string, string>;
  /** Objects are sent as JSON. */
  body?: object | string;
}

export interface Answered {
  status: number;
  type: string;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
  text: string;
}

export type Client = (asked: Asked) => Promise<Answered>;

/** Requests over keep-alive connections, for specs that send thousands. */
export async function clientOf({ server }: TestApp): Promise<Client> {
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const ask: Client = ({ method, path, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
      const type = typeof body === 'object' ? { 'content-type': 'application/json' } : {};
      const length = text === undefined ? {} : { 'content-length': Buffer.byteLength(text) };
      const sent = request(
        { host: '127.0.0.1', port, agent, method, path, headers: { ...type, ...length, ...headers } },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => {
            const bytes = Buffer.concat(parts);
            resolve({
              status: answer.statusCode!,
              type: (answer.headers['content-type'] ?? '').split(';')[0],
              headers: answer.headers,
              bytes,
              text: bytes.toString(),
            });
          });
        },
      );
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // An idle connection was closed just as it was to be reused: none of the request arrived.
        if (sent.reusedSocket && error.code === 'ECONNRESET')
          ask({ method, path, headers, body }).then(resolve, reject);
        else reject(error);
      });
      sent.end(text);
    });
  return ask;
}

import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, Server } from 'node:http';
import { takesFiles } from '../common/form-files.js';

/** How long the body of a request may take to arrive. */
export const BODY_MS = 30_000;
/** The same for a request with files to store. Node itself enforces this limit; the others are enforced here. */
export const UPLOAD_MS = 300_000;

/** Ends requests whose body does not arrive in time with a 408, as Node does for those with files. */
export function limitBodyTimes(server: FastifyInstance, most = BODY_MS): void {
  const http = server.server as Server;
  const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>();
  http.prependListener('request', (request: IncomingMessage) => {
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    if (length === '0' && encoding === undefined) return;
    const timer = setTimeout(
      () => request.complete || http.emit('clientError', tooLong(), request.socket),
      most,
    ).unref();
    timers.set(request, timer);
    request.once('close', () => clearTimeout(timer));
  });
  server.addHook('onRequest', (request, _, done) => {
    if (takesFiles(request)) clearTimeout(timers.get(request.raw));
    done();
  });
}

/** Made only when it happens: an error takes the stack, which took longer than validating the body. */
const tooLong = () => Object.assign(new Error('The body took too long.'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });

import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ownHeaders } from './own-headers.js';
import { type Problem, problemOf } from './problem.filter.js';

/** How long a client may keep sending before it has read the response. */
const READING_MS = 1_000;

const STATUS_OF: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };
const DETAIL_OF: Record<number, string> = {
  408: 'The request did not arrive in time.',
  417: 'This expectation cannot be met.',
  431: 'The request line and headers together are too long.',
};

/**
 * Answers requests that do not even reach the router, which Node would otherwise answer itself, without our headers.
 */
export function answerBrokenRequests(server: FastifyInstance): void {
  const http = server.server as Server;
  const last = new WeakMap<Socket, { request: IncomingMessage; response: ServerResponse }>();
  const broken = new WeakSet<Socket>();
  http.prependListener('request', (request, response) => last.set(request.socket, { request, response }));
  http.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket;
    if (broken.has(socket)) return;
    broken.add(socket);
    void answerAfter(last.get(socket), socket, brokenBy(error));
  });
  http.on('connect', (_, socket) => end(socket as Socket, brokenBy(new Error('CONNECT'))));
  http.on('checkExpectation', (_, response: ServerResponse) => {
    const problem = problemWith(417);
    response.writeHead(417, headersFor(problem)).end(JSON.stringify(problem));
  });
  server.addHook('onRequest', ({ raw }, _, done) => {
    const isWithoutHost = raw.httpVersion === '1.1' && raw.headers.host === undefined;
    done(isWithoutHost ? Object.assign(new Error('No Host'), { statusCode: 400 }) : undefined);
  });
}

/** After the response to an earlier request on the connection; not in the middle of one that is being sent. */
async function answerAfter(
  last: { request: IncomingMessage; response: ServerResponse } | undefined,
  socket: Socket,
  problem: Problem,
): Promise<void> {
  if (last?.request.complete && !last.response.writableFinished && !socket.destroyed)
    await Promise.race([once(last.response, 'finish'), once(socket, 'close')]).catch(() => {});
  const isAnswering = last && !last.request.complete && last.response.headersSent;
  if (isAnswering) socket.destroy();
  else end(socket, problem);
}

function end(socket: Socket, problem: Problem): void {
  if (socket.destroyed || !socket.writable) return void socket.destroy();
  const head = Object.entries(headersFor(problem)).map(([name, value]) => `${name}: ${value}\r\n`);
  const line = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n`;
  socket.on('error', () => {});
  socket.end(`${line}${head.join('')}\r\n${JSON.stringify(problem)}`);
  // A client that is still sending would get a reset instead of the response.
  socket.resume();
  setTimeout(() => socket.destroy(), READING_MS).unref();
}

const brokenBy = ({ code = '' }: NodeJS.ErrnoException): Problem => problemWith(STATUS_OF[code] ?? 400);

const problemWith = (status: number): Problem =>
  problemOf(status, DETAIL_OF[status] ?? 'The request could not be parsed.');

const headersFor = (problem: Problem): Record<string, string> => ({
  ...ownHeaders(randomUUID()),
  'Content-Type': 'application/problem+json',
  'Content-Length': String(Buffer.byteLength(JSON.stringify(problem))),
  Connection: 'close',
});

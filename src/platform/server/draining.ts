import type { FastifyInstance } from 'fastify';
import { type Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a connection on which nothing was asked yet may take to do so. */
const FIRST_REQUEST_MS = 2_000;
const TAKING_IN_MS = 20;
/** Time for requests that are already on their way over a connection that is kept alive. */
const ON_THEIR_WAY_MS = 100;
/** After this long, whatever is still connected is cut off. */
const LONGEST_MS = 5_000;

/**
 * Stops without resetting connections. Node's own `close` destroys every connection without a request in progress, also
 * one that was just made and whose request is on its way; and afterwards it waits for ever for a client that never ends
 * its request. Here new connections are refused first, then those that are open get time to ask, within a bound.
 */
export function drainBeforeClosing(server: FastifyInstance): void {
  const http = server.server as HttpServer;
  const open = new Set<Socket>();
  const unused = new Set<Socket>();
  http.on('connection', (socket: Socket) => {
    open.add(socket);
    unused.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      unused.delete(socket);
    });
  });
  http.on('request', ({ socket }) => unused.delete(socket));
  server.addHook('preClose', async () => {
    if (!http.listening) return;
    // First takes in the connections that the system made for us already: closing would reset those.
    await sleep(TAKING_IN_MS);
    // Stops listening, but unlike that of an HTTP server leaves the connections alone.
    Server.prototype.close.call(http);
    if (open.size === 0) return;
    await sleep(ON_THEIR_WAY_MS);
    for (const until = performance.now() + FIRST_REQUEST_MS; unused.size > 0 && performance.now() < until;)
      await sleep(20);
    const end = setTimeout(() => http.closeAllConnections(), LONGEST_MS - FIRST_REQUEST_MS);
    http.once('close', () => clearTimeout(end));
  });
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, Server, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** How long a connection without a request so far may take to send one. */
const FIRST_REQUEST_MS = 2_000;
/** As many connections as the system keeps ready for a server of Node at most. */
const MOST_WAITING = 511;
/** Time for requests that are already on their way over a keep-alive connection. */
const ON_THEIR_WAY_MS = 100;
/** After this long, remaining connections are cut off. */
const LONGEST_MS = 5_000;

/** The listeners on further addresses of a server: their connections are the server's. */
const further = new WeakMap<HttpServer, Server[]>();

/** The addresses to listen on: "localhost" is usually one IPv4 and one IPv6 address. */
export const addressesOf = async (host: string): Promise<string[]> =>
  host === 'localhost' ? (await lookup(host, { all: true })).map(({ address }) => address) : [host];

/**
 * Listens on all of these addresses with the application's single server. Fastify itself would create a second server
 * for "localhost", and end its connections when the first has stopped.
 */
export async function listenOn(
  app: NestFastifyApplication,
  port: number,
  [first, ...rest]: readonly string[],
): Promise<void> {
  await app.listen(port, first);
  const http = app.getHttpServer() as HttpServer;
  const { port: bound } = http.address() as AddressInfo;
  const listeners = rest.map(async (address) => {
    const listener = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => http.emit('connection', socket));
    listener.listen(bound, address);
    await once(listener, 'listening');
    return listener;
  });
  // A host name may resolve to an address family that the machine does not support.
  const made = await Promise.allSettled(listeners);
  further.set(
    http,
    made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
  );
}

/**
 * Stops without resetting connections. Node's own `close` destroys every connection without a request in progress, even
 * a new one whose request is on its way, and then waits for ever for a client that never finishes its request. Here new
 * connections are refused first; open ones then get a limited time to send their request.
 */
export function drainBeforeClosing(server: FastifyInstance): void {
  const http = server.server as HttpServer;
  const open = new Set<Socket>();
  const unused = new Set<Socket>();
  let taken = 0;
  http.on('connection', (socket: Socket) => {
    taken += 1;
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
    // First accepts the connections that the system has already made for us: closing would reset those. A whole turn of the
    // event loop takes one of each listener, so they are all in after one that took none.
    await nextTurn();
    for (let turns = 0, before = -1; before < taken && turns < MOST_WAITING; turns += 1) {
      before = taken;
      await nextTurn();
    }
    // Stops listening but, unlike an HTTP server's `close`, leaves the connections alone.
    Server.prototype.close.call(http);
    const others = (further.get(http) ?? []).filter(({ listening }) => listening);
    const closed = others.map((other) => once(other.close(), 'close'));
    if (open.size === 0) return;
    await sleep(ON_THEIR_WAY_MS);
    // What arrived meanwhile is read first, however long the machine kept this process waiting.
    await nextTurn();
    for (const until = performance.now() + FIRST_REQUEST_MS; unused.size > 0 && performance.now() < until;)
      await sleep(20);
    const end = setTimeout(() => http.closeAllConnections(), LONGEST_MS - FIRST_REQUEST_MS);
    http.once('close', () => clearTimeout(end));
    // Fastify waits only for the connections of the server's own listener.
    http.closeIdleConnections();
    await Promise.all(closed);
  });
}

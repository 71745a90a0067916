import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, Server, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** How long a connection on which nothing was asked yet may take to do so. */
const FIRST_REQUEST_MS = 2_000;
const TAKING_IN_MS = 20;
/** Time for requests that are already on their way over a connection that is kept alive. */
const ON_THEIR_WAY_MS = 100;
/** After this long, whatever is still connected is cut off. */
const LONGEST_MS = 5_000;

/** The listeners on further addresses of a server: their connections are the server's. */
const further = new WeakMap<HttpServer, Server[]>();

/** The addresses to listen on: "localhost" usually is one of IPv4 and one of IPv6. */
export const addressesOf = async (host: string): Promise<string[]> =>
  host === 'localhost' ? (await lookup(host, { all: true })).map(({ address }) => address) : [host];

/**
 * Listens on all of these addresses with the one server of the application. Fastify itself would make a second server for
 * "localhost", and end its connections when the first has stopped.
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
  // A machine may name an address of a kind it does not have.
  const made = await Promise.allSettled(listeners);
  further.set(
    http,
    made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
  );
}

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
    // On a machine that kept this process waiting, the time is over before it looked at them once.
    await nextTurn();
    // Stops listening, but unlike that of an HTTP server leaves the connections alone.
    Server.prototype.close.call(http);
    const others = (further.get(http) ?? []).filter(({ listening }) => listening);
    const closed = others.map((other) => once(other.close(), 'close'));
    if (open.size === 0) return;
    await sleep(ON_THEIR_WAY_MS);
    for (const until = performance.now() + FIRST_REQUEST_MS; unused.size > 0 && performance.now() < until;)
      await sleep(20);
    const end = setTimeout(() => http.closeAllConnections(), LONGEST_MS - FIRST_REQUEST_MS);
    http.once('close', () => clearTimeout(end));
    // Fastify waits for the connections of the server's own listener only.
    http.closeIdleConnections();
    await Promise.all(closed);
  });
}

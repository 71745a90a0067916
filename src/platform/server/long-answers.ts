import type { FastifyInstance } from 'fastify';
import { LongTask } from '../common/long-task.js';

/** Items in one list of a response, from which on it is written in pieces. */
const MANY = 1000;
const ITEMS_A_PIECE = 100;

type Fields = Record<string, unknown>;

/**
 * Writes responses with thousands of items as JSON in pieces, so that others are answered in between: ten thousand rows
 * take 60 ms.
 */
export function addLongAnswers(server: FastifyInstance): void {
  server.addHook('preSerialization', (_, reply, body, done) => {
    if (!isLong(body)) return done(null, body);
    inPieces(body).then((text) => {
      void reply.serializer(() => text);
      done(null, body);
    }, done);
  });
}

const isMany = (value: unknown): value is unknown[] => Array.isArray(value) && value.length >= MANY;
const isLong = (body: unknown): body is Fields =>
  typeof body === 'object' && body !== null && Object.values(body).some(isMany);

/** The same as `JSON.stringify`. */
async function inPieces(body: Fields): Promise<string> {
  const fields: string[] = [];
  for (const [name, value] of Object.entries(body)) {
    const text = isMany(value) ? `[${await itemsOf(value)}]` : JSON.stringify(value);
    if (text !== undefined) fields.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${fields.join()}}`;
}

async function itemsOf(all: readonly unknown[]): Promise<string> {
  const pieces: string[] = [];
  const turns = new LongTask();
  for (let start = 0; start < all.length; start += ITEMS_A_PIECE) {
    pieces.push(JSON.stringify(all.slice(start, start + ITEMS_A_PIECE)).slice(1, -1));
    await turns.yieldToEventLoop();
  }
  return pieces.join();
}

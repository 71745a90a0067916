import type { Socket } from 'node:net';
import type pg from 'pg';
import { DataSource, EntityManager, QueryFailedError, type QueryRunner, TypeORMError } from 'typeorm';
import type { PoolConnection } from './postgres-client.js';
import { isConnectionLost } from './postgres-errors.js';

type Found = Record<string, unknown>[];
type Connection = pg.PoolClient & PoolConnection;

const READS = /^\s*(SELECT|WITH)\b/i;
const CHANGES = /\b(INSERT|UPDATE|DELETE|MERGE)\b/i;

interface Read {
  sql: string;
  params: unknown[];
  resolve: (found: Found) => void;
  reject: (error: unknown) => void;
  /** How its connection was lost, if it was. */
  lostBy?: Error;
}

/**
 * Reads from PostgreSQL. What is asked without waiting for an answer in between goes there together and in that order, over one
 * connection, where one statement that fails does not affect the others. Asked one by one, each took a connection from the
 * pool, a write and a read of the socket, and what TypeORM does around a query: a quarter of the time of a page.
 *
 * After a restart of PostgreSQL the pool holds lost connections that nobody has noticed yet. A read changes nothing, so what
 * was not answered is asked once more, in the same order: never of an earlier state than the first time.
 */
class PostgresReads {
  private waiting: Read[] = [];

  constructor(private readonly reader: DataSource) {}

  read(sql: string, params: unknown[]): Promise<Found> {
    return new Promise((resolve, reject) => {
      // After everything that can go on now has asked what it wants to know.
      if (this.waiting.length === 0) queueMicrotask(() => process.nextTick(() => void this.sendWaiting()));
      this.waiting.push({ sql, params, resolve, reject });
    });
  }

  /** Reads over a connection of its own. */
  readAside(sql: string, params: unknown[]): Promise<Found> {
    return new Promise((resolve, reject) => void this.send([{ sql, params, resolve, reject }]));
  }

  private sendWaiting(): Promise<void> {
    const reads = this.waiting;
    this.waiting = [];
    return this.send(reads);
  }

  private async send(reads: Read[]): Promise<void> {
    try {
      const lost = await ask(await this.connect(), reads);
      if (lost.length > 0) await this.sendAgain(lost);
    } catch (error) {
      for (const { reject } of reads) reject(error);
    }
  }

  private async sendAgain(reads: Read[]): Promise<void> {
    const client = await this.connectAfter(performance.now()).catch(() => undefined);
    for (const read of client ? await ask(client, reads) : reads) read.reject(failed(read, read.lostBy!));
  }

  /** A connection that was opened after this moment: of those that were open then, others may be lost as well. */
  private async connectAfter(moment: number): Promise<Connection> {
    for (;;) {
      const client = await this.connect();
      if (client.openedAt > moment) return client;
      client.release(true);
    }
  }

  private async connect(): Promise<Connection> {
    const { master } = this.reader.driver as unknown as { master?: pg.Pool };
    if (!master) throw new TypeORMError('The database is closed.');
    return (await master.connect()) as Connection;
  }
}

/** Asks over this connection and gives it back. Returns what may be asked again, since the connection was lost. */
async function ask(client: Connection, reads: Read[]): Promise<Read[]> {
  let isLost = true;
  try {
    await Promise.all(together(client, () => reads.map((read) => answered(client, read))));
    isLost = reads.some(({ lostBy }) => lostBy);
  } finally {
    // Otherwise the next one to ask would get it, if all there is so far is the message that it is being closed.
    client.release(isLost);
  }
  return reads.filter(({ lostBy }) => lostBy);
}

/** Writes to the connection once what `ask` writes to it. */
function together<T>(client: pg.PoolClient, ask: () => T): T {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.cork();
  try {
    return ask();
  } finally {
    stream.uncork();
  }
}

/** Never rejects: an error goes to the caller of that read. */
const answered = (client: Connection, read: Read): Promise<void> => {
  read.lostBy = undefined;
  return client.query(read.sql, read.params).then(
    ({ rows }) => read.resolve(rows as Found),
    (error: Error) => {
      if (isConnectionLost(error) && !client.isGivenUp && !CHANGES.test(read.sql)) read.lostBy = error;
      else read.reject(failed(read, error));
    },
  );
};

const failed = ({ sql, params }: Read, error: Error): Error => new QueryFailedError(sql, params, error);

/** The connections to PostgreSQL. */
export class PostgresSource extends DataSource {
  private readonly reads = new PostgresReads(this);

  override query<T>(sql: string, params: unknown[] = [], runner?: QueryRunner): Promise<T> {
    return runner || !READS.test(sql)
      ? super.query<T>(sql, params, runner)
      : (this.reads.read(sql, params) as Promise<T>);
  }

  /** Reads over a connection of its own. */
  readAside<T>(sql: string, params: unknown[]): Promise<T> {
    return this.reads.readAside(sql, params) as Promise<T>;
  }
}

/** Reads with each statement on a connection of its own. */
export class ReadsAside extends EntityManager {
  override query<T>(sql: string, params: unknown[] = []): Promise<T> {
    return (this.dataSource as PostgresSource).readAside(sql, params);
  }
}

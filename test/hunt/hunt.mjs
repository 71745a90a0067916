/**
 * Walks randomly through the service for any number of steps, and checks the invariants after each:
 *
 *   npm run hunt -- [--steps 1000] [--seed 42] [--sqlite]
 *
 * Prints the seed, with which the same walk can be repeated. With --sqlite it runs without PostgreSQL, which is faster.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { steps: { type: 'string' }, seed: { type: 'string' }, sqlite: { type: 'boolean' } },
});
const steps = Number(values.steps ?? 1000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
if (!Number.isInteger(steps) || steps < 1 || !Number.isInteger(seed)) {
  console.error('Usage: npm run hunt -- [--steps <number>] [--seed <number>] [--sqlite]');
  process.exit(2);
}
console.log(`Walking ${steps} steps with seed ${seed}.`);
const jest = [
  '--experimental-vm-modules',
  '--no-warnings',
  'node_modules/jest/bin/jest.js',
  '-w',
  '1',
  'test/hunt/walk.spec.ts',
];
const env = {
  ...process.env,
  HUNT_STEPS: String(steps),
  HUNT_SEED: String(seed),
  TESTS: values.sqlite ? 'normal' : 'all',
};
const { status } = spawnSync(process.execPath, jest, { stdio: 'inherit', env });
if (status !== 0) console.error(`What must hold does not, with seed ${seed}.`);
process.exit(status ?? 1);

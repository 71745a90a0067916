import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

// `npm run test:crash -- --rounds 200`: the crash rounds by hand, as many as asked for.
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } });
if (!/^[1-9]\d{0,4}$/.test(values.rounds)) {
  console.error('--rounds must be a whole number from 1 to 99999');
  process.exit(1);
}
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', 'test/crash', '--verbose'],
  { stdio: 'inherit', env: { ...process.env, CRASH_ROUNDS: values.rounds } },
);
process.exit(status ?? 1);

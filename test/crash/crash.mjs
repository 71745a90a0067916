import { spawnSync } from 'node:child_process';
import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// `npm run test:crash -- --rounds 200`: runs that many crash rounds and prints the results.
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '24' } } });
if (!/^[1-9]\d{0,4}$/.test(values.rounds)) {
  console.error('--rounds must be a whole number from 1 to 99999');
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-crash-'));
const report = join(folder, 'rounds.jsonl');
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    'test/crash',
    '--verbose',
    '--forceExit',
  ],
  { stdio: 'inherit', env: { ...process.env, CRASH_ROUNDS: values.rounds, CRASH_REPORT: report } },
);
summarise(
  existsSync(report)
    ? readFileSync(report, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [],
);
rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 1);

function summarise(rounds) {
  const kinds = grouped(rounds);
  const table = [...kinds].map(([name, of]) => ({ '': name, ...totals(of) }));
  console.table([...table, { '': 'all', ...totals(rounds) }]);
  const { 'cut off': cutOff, lost, 'outside the window': outside, 'with other bytes': others } = totals(rounds);
  console.log(
    `${rounds.length} rounds: ${lost} lost, ${outside} doubles outside the window, ${others} doubles with other bytes or Message-ID; ${cutOff} rounds did not end in time.`,
  );
}

function totals(rounds) {
  const sum = (field) => rounds.reduce((total, round) => total + round[field], 0);
  return {
    rounds: rounds.length,
    mails: sum('people'),
    accepted: sum('accepted'),
    doubles: sum('doubles'),
    'outside the window': sum('outside'),
    'with other bytes': sum('others'),
    'cut off': sum('cutOff'),
    lost: sum('lost'),
  };
}

function grouped(rounds) {
  const groups = new Map();
  for (const round of rounds) groups.set(round.name, [...(groups.get(round.name) ?? []), round]);
  return groups;
}

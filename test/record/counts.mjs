import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { filesBelow } from './statics.mjs';

const SPECS = /^(permission-matrix|canary)\.spec\.ts$/;

/** Runs the permission matrix and the canaries, and returns their counts and which tests passed. */
export function linesOfCounts(root) {
  const specs = filesBelow(join(root, 'test'), '.spec.ts').filter((path) => SPECS.test(basename(path)));
  if (specs.length !== 2) throw new Error(`Two specs were expected: ${specs.join(', ')}.`);
  const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-counts-'));
  const file = join(folder, 'results.json');
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const patient = `--import ${new URL('./patient-timers.mjs', import.meta.url).href}`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...jest, ...specs, '-w', '1', '--json', '--outputFile', file],
    {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: patient },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  try {
    const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
    const tests = testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(
        ({ ancestorTitles, title, status }) => `${[...ancestorTitles, title].join(' > ')}: ${status}`,
      ),
    );
    const told = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
    const counted = told.filter((line) => /^\d+ (cells|pages)\b/.test(line));
    return ['== counted', ...counted.sort(), '', '== tests', ...tests.sort()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

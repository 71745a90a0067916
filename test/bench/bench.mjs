/**
 * Measures the built service: `npm run bench` everything with a goal, in one table; `npm run bench -- api pages` parts
 * of it. Results are also written to data/bench; `npm run bench -- compare old.json [new.json]` shows what became slower, and
 * exits 1 if anything did. `growth`, `scale` and `desks` only run when named. The filled databases stay in data/bench.
 *
 * BENCH_SECONDS (2 for everything, else 5): how long each figure is measured. BENCH_DATABASES (sqlite,postgresql): on which.
 * BENCH_ACTIONS (100000; reviews and digests 1000000): how many actions. BENCH_CONNECTIONS (16): how many concurrent requests.
 */
import { mkdirSync } from 'node:fs';
import { KEPT, stopAll } from './place.mjs';
import { compare, newest, Report } from './report.mjs';

const SUITES = ['api', 'pages', 'search', 'actions', 'digests', 'review'];
const APART = ['growth', 'scale', 'desks'];
const RESULTS = `${KEPT}/results`;

async function main([first, ...others]) {
  mkdirSync(RESULTS, { recursive: true });
  if (first === 'compare') {
    process.exitCode = compare(others[0], others[1] ?? newest(RESULTS)) > 0 ? 1 : 0;
    return;
  }
  const asked = first ? [first, ...others] : SUITES;
  const unknown = asked.find((name) => ![...SUITES, ...APART].includes(name));
  if (unknown) throw new Error(`No such part: ${unknown}. There are ${[...SUITES, ...APART, 'compare'].join(', ')}.`);
  const report = new Report();
  try {
    for (const name of asked) await run(name, { report, ...wishes(first ? 5 : 2) });
  } finally {
    report.print();
    console.log(`Kept as ${report.write(RESULTS)}`);
  }
}

const wishes = (seconds) => ({
  seconds: Number(process.env.BENCH_SECONDS ?? seconds),
  kinds: (process.env.BENCH_DATABASES ?? 'sqlite,postgresql').split(','),
  actions: Number(process.env.BENCH_ACTIONS ?? 100_000),
  many: Number(process.env.BENCH_ACTIONS ?? 1_000_000),
});

async function run(name, how) {
  const begin = performance.now();
  const suite = await import(`./${name}.mjs`);
  await suite.measure(how);
  console.log(`${name}: ${Math.round((performance.now() - begin) / 1000)} s`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stopAll();
}

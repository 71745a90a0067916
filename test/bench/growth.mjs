/**
 * The same figures at 10,000, 100,000 and 1,000,000 actions: `npm run bench -- growth`. Waiting times must not grow
 * with the amount of history, except for reviews of everything, of which the koersoverzicht is one: it reads all that
 * is open. The bare server has no goal.
 */
import { Report } from './report.mjs';

const SIZES = [10_000, 100_000, 1_000_000];
const SUITES = ['api', 'pages', 'search'];
const MOST = 1.3;
const MAY_GROW = /koersoverzicht|, bare$/;

/** One right after the other what is compared: the machine is faster in some minutes than in others. */
export async function measure({ report, kinds, seconds }) {
  const reports = SIZES.map(() => new Report());
  for (const name of SUITES) {
    const suite = await import(`./${name}.mjs`);
    for (const kind of name === 'api' ? ['sqlite'] : kinds)
      for (const [index, actions] of SIZES.entries())
        await suite.measure({ report: reports[index], kinds: [kind], seconds, actions });
  }
  for (const [index, own] of reports.entries()) {
    console.log(`${SIZES[index]} actions`);
    own.print();
  }
  const [, middle, large] = reports.map(({ figures }) => new Map(figures.map((figure) => [figure.name, figure])));
  for (const [name, { value, unit }] of large) {
    if (unit !== 'ms' && unit !== 'answers/s') continue;
    const before = middle.get(name).value;
    const goal = MAY_GROW.test(name) ? {} : { atMost: MOST };
    report.add(`growth of ${name}`, unit === 'ms' ? value / before : before / value, '×', goal);
  }
}

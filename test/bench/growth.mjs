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

export async function measure({ report, kinds, seconds }) {
  const reports = [];
  for (const actions of SIZES) {
    const own = new Report();
    for (const name of SUITES) {
      const suite = await import(`./${name}.mjs`);
      await suite.measure({ report: own, kinds, seconds, actions });
    }
    reports.push(own);
    console.log(`${actions} actions`);
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

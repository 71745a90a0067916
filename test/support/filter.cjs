const { relative, resolve } = require('node:path');
const tiers = require('../tiers.json');

const TEST = resolve(__dirname, '..');

/** The specs of a run: `TESTS=fast` without browser and slow ones, `TESTS=normal` by tiers.json, otherwise all (CI too). */
module.exports = (paths) => {
  const run = process.env.TESTS;
  const left = new Set([
    ...(run === 'fast' || run === 'normal' ? [...tiers['only in test:all'], ...tiers['not in npm test']] : []),
    ...(run === 'fast' ? tiers['not in test:fast'] : []),
  ]);
  const nameOf = (path) => relative(TEST, path).replaceAll('\\', '/').replace('.spec.ts', '');
  const needsMore = (name) => /^(browser|crash)\//.test(name);
  const isIn = (name) => !left.has(name) && !(run === 'fast' && needsMore(name));
  return { filtered: paths.filter((path) => isIn(nameOf(path))) };
};

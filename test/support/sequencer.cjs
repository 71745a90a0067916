const { default: TestSequencer } = require('@jest/test-sequencer');
const { basename, dirname } = require('node:path');
const { longest } = require('../tiers.json');

/** Longest specs first, so that none is left alone at the end; Jest itself knows durations only from an earlier run. */
module.exports = class extends TestSequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = longest.indexOf(`${basename(dirname(path))}/${basename(path, '.spec.ts')}`);
      return at < 0 ? longest.length : at;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};

const { TestEnvironment } = require('jest-environment-node');
const { createContext, runInContext } = require('node:vm');

/** Globals of the language itself, so that `expect` compares values by the very `String` and `Date` that made them. */
const LANGUAGE = runInContext('Object.getOwnPropertyNames(globalThis)', createContext()).filter(
  (name) => !['globalThis', 'Infinity', 'NaN', 'undefined', 'console', 'WebAssembly'].includes(name),
);

module.exports = class extends TestEnvironment {
  constructor(...given) {
    super(...given);
    globalThis.hasFailedTest = false;
    for (const name of LANGUAGE) this.global[name] = globalThis[name];
  }

  /** Something a failed test started may still be running, so its service is not handed on to the next file. */
  handleTestEvent({ name }) {
    if (/^(test_fn|hook)_failure$/.test(name)) globalThis.hasFailedTest = true;
  }
};

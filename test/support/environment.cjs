const { TestEnvironment } = require('jest-environment-node');
const { createContext, runInContext } = require('node:vm');

/** Names the language itself defines, so that `expect` judges values by the very `String` and `Date` that made them. */
const LANGUAGE = runInContext('Object.getOwnPropertyNames(globalThis)', createContext()).filter(
  (name) => !['globalThis', 'Infinity', 'NaN', 'undefined', 'console', 'WebAssembly'].includes(name),
);

module.exports = class extends TestEnvironment {
  constructor(...given) {
    super(...given);
    for (const name of LANGUAGE) this.global[name] = globalThis[name];
  }
};

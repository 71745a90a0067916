const { AsyncLocalStorage } = require('node:async_hooks');
const { statSync } = require('node:fs');
const { Script } = require('node:vm');
const Runtime = require('jest-runtime').default;
const { AS_MODULE, enter, load } = require('./loader.cjs');

/** All modules ever transformed in this process, by path. */
const transformed = new Map();
const sourceMaps = new Map();
/** Jest's own code as compiled, by path. */
const scripts = new Map();

/**
 * Jest with a loader that keeps the service across files (`loader.cjs`). Specs and service run in Node's own global
 * scope; `environment.cjs` makes Jest's own code use the same classes, so that `expect.any(String)` works as expected.
 */
module.exports = class extends Runtime {
  #environment = { ...process.env };
  #console = globalThis.console;
  #storages = [];

  constructor(config, environment, ...given) {
    super(config, environment, ...given);
    globalThis.console = environment.global.console;
    this.#noteStorages();
    this.#compileOnce();
  }

  /** Jest runs its own code anew for each file, but need not compile it each time. */
  #compileOnce() {
    const { executor } = this;
    executor.compile = (source, filename) => {
      const context = executor.environment.getVmContext();
      if (context === null) return null;
      if (!scripts.has(filename)) {
        const text = `(function (${executor.injectedModuleParameters}) {${source}\n})`;
        scripts.set(filename, new Script(text, { filename }));
      }
      return scripts.get(filename).runInContext(context);
    };
  }

  /**
   * Jest opens an AsyncLocalStorage for each file and leaves it open. Node 20 hands the values of all that are open to every
   * promise, so that after twenty files a promise costs fifteen times as much.
   */
  #noteStorages() {
    const storages = this.#storages;
    class Noted extends AsyncLocalStorage {
      constructor(...options) {
        super(...options);
        storages.push(this);
      }
    }
    const given = this.coreModule.require.bind(this.coreModule);
    this.coreModule.require = (name) =>
      /^(node:)?async_hooks$/.test(name) ? { ...given(name), AsyncLocalStorage: Noted } : given(name);
  }

  async unstable_importModule(path) {
    enter(
      (file) => this.transform(file),
      (from) => this.requireModuleOrMock(from, '@jest/globals'),
    );
    await load(path);
  }

  transform(path) {
    const { mtimeMs } = statSync(path);
    const known = transformed.get(path);
    if (known?.mtimeMs === mtimeMs) return known.code;
    const code = this.transformCache.transform(path, AS_MODULE);
    const map = super.getSourceMaps().get(path);
    if (map) sourceMaps.set(path, map);
    transformed.set(path, { mtimeMs, code });
    return code;
  }

  getSourceMaps() {
    return sourceMaps;
  }

  teardown() {
    super.teardown();
    for (const storage of this.#storages) storage.disable();
    globalThis.console = this.#console;
    process.env = this.#environment;
  }
};

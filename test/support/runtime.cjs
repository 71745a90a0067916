const Runtime = require('jest-runtime').default;
const { existsSync, statSync } = require('node:fs');
const { dirname, join, resolve, sep } = require('node:path');
const { pathToFileURL } = require('node:url');
const { SourceTextModule, SyntheticModule } = require('node:vm');

/**
 * Jest would load the service and every package anew for each spec file: 735 modules, four seconds. Here a worker process
 * loads them once and keeps them; only what stands in `test` is read anew for each file, since it registers hooks.
 *
 * All of it runs in Node's own global scope. `environment.cjs` makes Jest's share of it use the same classes, so that
 * `expect.any(String)` and `instanceof` mean what they say.
 */
const TEST = resolve(__dirname, '..') + sep;
const AS_MODULE = { supportsDynamicImport: true, supportsStaticESM: true, supportsTopLevelAwait: true };

/** Kept from file to file, by path or name. */
const service = new Map();
const packages = new Map();
const sourceMaps = new Map();
const changedAt = new Map();
/** The runtime of the file that runs now. */
let current;
/** Modules are linked one graph at a time: two at once would wait for each other. */
let linking = Promise.resolve();

module.exports = class extends Runtime {
  ofFile = new Map();
  globals = new Map();
  #environment = { ...process.env };
  #console = globalThis.console;

  constructor(config, environment, ...given) {
    super(config, environment, ...given);
    enter(this);
    globalThis.console = environment.global.console;
  }

  async unstable_importModule(path) {
    forgetWhatChanged();
    try {
      await evaluate(load(path));
    } catch (error) {
      // What is half linked would only make the next file fail with less to say.
      service.clear();
      throw error;
    }
  }

  getSourceMaps() {
    return sourceMaps;
  }

  transform(path) {
    const code = this.transformCache.transform(path, AS_MODULE);
    const map = super.getSourceMaps().get(path);
    if (map) sourceMaps.set(path, map);
    return code;
  }

  teardown() {
    super.teardown();
    globalThis.console = this.#console;
    process.env = this.#environment;
  }
};

function enter(runtime) {
  current = runtime;
}

/** In watch mode the service is edited while a worker lives. */
function forgetWhatChanged() {
  const isSame = ([path, time]) => existsSync(path) && statSync(path).mtimeMs === time;
  if ([...changedAt].every(isSame)) return;
  service.clear();
  changedAt.clear();
}

async function evaluate(module) {
  const linked = linking.then(() =>
    module.status === 'unlinked' ? module.link((specifier, { identifier }) => find(specifier, identifier)) : undefined,
  );
  linking = linked.catch(() => {});
  await linked;
  await module.evaluate();
  return module;
}

function find(specifier, from) {
  if (specifier === '@jest/globals') return jestGlobals(from);
  if (!specifier.startsWith('.')) return packageOf(specifier);
  const path = join(dirname(from), specifier);
  const source = path.replace(/\.js$/, '.ts');
  return existsSync(source) ? load(source) : packageOf(pathToFileURL(path).href);
}

function load(path) {
  const isOfTests = path.startsWith(TEST);
  const modules = isOfTests ? current.ofFile : service;
  const loaded = modules.get(path);
  if (loaded) return loaded;
  const module = new SourceTextModule(current.transform(path), {
    identifier: path,
    initializeImportMeta: (meta) => {
      meta.url = pathToFileURL(path).href;
      meta.filename = path;
      meta.dirname = dirname(path);
    },
    importModuleDynamically: async (specifier) => evaluate(await find(specifier, path)),
  });
  if (!isOfTests) changedAt.set(path, statSync(path).mtimeMs);
  modules.set(path, module);
  return module;
}

function packageOf(name) {
  if (!packages.has(name))
    packages.set(
      name,
      import(name).then((exported) => synthetic(name, exported)),
    );
  return packages.get(name);
}

function jestGlobals(from) {
  const { globals } = current;
  if (!globals.has(from))
    globals.set(from, synthetic('@jest/globals', current.requireModuleOrMock(from, '@jest/globals')));
  return globals.get(from);
}

function synthetic(identifier, values) {
  const names = Object.keys(values);
  const fill = function () {
    for (const name of names) this.setExport(name, values[name]);
  };
  return new SyntheticModule(names, fill, { identifier });
}

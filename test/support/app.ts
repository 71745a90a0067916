import 'reflect-metadata';
import { afterAll, afterEach, beforeEach, describe, it } from '@jest/globals';
import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import supertest from 'supertest';
import { createApp } from '../../src/configure.js';
import { Database } from '../../src/platform/database/database.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { readSettings } from '../../src/platform/settings.js';
import { watchAnswers } from './contract.js';
import { disconnectAll, handOn, mayBeHandedOn, noted, type Service, takeOver, TestClock } from './handed-on.js';
import { Make } from './make.js';
import { isOnPostgres } from './run.js';

const DATABASES = ['sqlite', 'postgresql'] as const;
export type DatabaseKind = (typeof DATABASES)[number];

interface Start {
  /** The day on which the clock starts, at 12:00 in Amsterdam. */
  today?: string;
  /** Alternatively, the exact instant. */
  now?: string;
  environment?: Record<string, string>;
  /** Its tests build on one another, and the clock keeps running between them. Otherwise it is reset after each. */
  isStory?: boolean;
  /** Its tests are about the start, or about what the service remembers from then on: no service of an earlier file is reused. */
  isOwn?: boolean;
}

/** Runs the same tests on SQLite and, if this run includes it, on PostgreSQL. */
export function onBothDatabases(claims: (kind: DatabaseKind) => void): void {
  for (const kind of databasesNow()) describe(`on ${kind}`, () => claims(kind));
}

/** Tests of PostgreSQL alone; skipped if this run tests the present file on SQLite only. */
export const describeOnPostgres = (name: string, claims: () => void): void =>
  (isOnPostgres() ? describe : describe.skip)(name, claims);
export const itOnPostgres = (name: string, claim: () => Promise<void>): void =>
  (isOnPostgres() ? it : it.skip)(name, claim);

/** The databases on which this run tests the present file. */
export const databasesNow = (): readonly DatabaseKind[] => (isOnPostgres() ? DATABASES : ['sqlite']);

interface Running {
  clock: TestClock;
  isStory: boolean;
  /** The setting of its clock before the test. */
  before?: string;
  end: () => Promise<void>;
}

const running: Running[] = [];
beforeEach(() => {
  for (const one of running) one.before = one.clock.putAt;
});
afterEach(() => {
  for (const { clock, before, isStory } of running)
    if (!isStory && before !== undefined && before !== clock.putAt) clock.set(before);
});
afterAll(async () => {
  for (const { end } of running.splice(0)) await end();
  mustBeDescribed();
});

/** Node 20 never frees the scope of a file that has run, so the next file clears what that scope held of the service. */
const started = ((globalThis as { startedByTests?: object[] }).startedByTests ??= []);
for (const one of started.splice(0)) for (const key of Object.keys(one)) Reflect.deleteProperty(one, key);

/** Answers that the OpenAPI document does not describe, since the last test. */
const undescribed = new Set<string>();
function mustBeDescribed(): void {
  const found = [...undescribed];
  undescribed.clear();
  if (found.length > 0) throw new Error(`The OpenAPI document does not describe:\n${found.join('\n')}`);
}
afterEach(mustBeDescribed);

/** The service is created outside any test: otherwise its process-wide state would retain the variables of a test. */
const outside = new AsyncResource('service under test');

/**
 * The whole service with real migrations on a separate database, listening; stopped after the file, or handed on to the
 * next one as it was at its start (`handed-on.ts`).
 */
export async function startApp(
  kind: DatabaseKind,
  { today = '2026-06-02', now, environment = {}, isStory = false, isOwn = false }: Start = {},
) {
  const start = now ?? `${today}T10:00:00Z`;
  const taken = !isOwn && mayBeHandedOn(kind, environment) ? takeOver(environment, start) : undefined;
  const service = taken ?? (await startService(kind, environment, start));
  service.report.of = (violation) => undescribed.add(violation);
  const { app, server, settings, clock } = service;
  const one: Running = { clock, isStory, end: () => handOn(service) };
  running.push(one);
  /** Stops it before the end of the file. */
  const stop = async () => {
    running.splice(running.indexOf(one), 1);
    await service.stop();
  };
  const make = new Make(app.get(Transactions), clock);
  const t = { app, api: supertest(server), make, clock, settings, database: app.get(Database), server, stop };
  started.push(t, make);
  return t;
}

/** A service that was not there before. */
export async function startService(
  kind: DatabaseKind,
  environment: Record<string, string>,
  now: string,
): Promise<Service> {
  const place = await newPlace(kind, true);
  const given = { NODE_ENV: 'test', LOG_LEVEL: 'silent', ...place.environment };
  const settings = readSettings({ ...given, ...environment });
  const clock = new TestClock(now);
  const report: Service['report'] = { of: () => {} };
  const app = await outside.runInAsyncScope(async () => {
    const starting = await createApp(settings, clock);
    watchAnswers(starting, (violation) => report.of(violation));
    await starting.listen(0, '127.0.0.1');
    return starting;
  });
  const server = app.getHttpServer() as Server;
  const stop = async () => {
    await disconnectAll(server);
    await app.close();
    await place.remove();
  };
  const service = { app, server, settings, clock, report, place, stop };
  return mayBeHandedOn(kind, environment) ? noted(service, readSettings(given)) : service;
}

export type TestApp = Awaited<ReturnType<typeof startApp>>;

/** A separate database, empty or a copy of the migrated one, with its removal; `as` is SQL for PostgreSQL. */
export async function newPlace(kind: DatabaseKind, isMigrated = false, as = '') {
  const folder = mkdtempSync(join(process.env.TEST_PLACE!, 'wijkagenda-test-'));
  const environment: Record<string, string> = {
    DATABASE_PATH: join(folder, 'test.sqlite'),
    FILES_PATH: join(folder, 'files'),
    LIMITS: 'off',
    SECRET_KEY: 'a-key-for-tests-that-is-long-enough!',
    // Nothing listens there: a test that sends mail starts a mailbox, and triggers delivery itself.
    SMTP_URL: 'smtp://127.0.0.1:1',
    MINUTES_HOLD_MINUTES: '0',
    WELCOME_MAIL: 'off',
  };
  if (kind === 'postgresql') {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    const template = isMigrated ? ` TEMPLATE ${process.env.TEST_POSTGRES_TEMPLATE}` : '';
    await onServer(`CREATE DATABASE ${name}${template} ${as}`);
    environment.DATABASE_URL = `${process.env.TEST_POSTGRES_URL}/${name}`;
    const drop = async () => {
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
      rmSync(folder, { recursive: true, force: true });
    };
    return { folder, environment, remove: drop };
  }
  if (isMigrated) copyFileSync(process.env.TEST_SQLITE_TEMPLATE!, environment.DATABASE_PATH);
  return { folder, environment, remove: async () => rmSync(folder, { recursive: true, force: true }) };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${process.env.TEST_POSTGRES_URL}/postgres` });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

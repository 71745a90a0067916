import 'reflect-metadata';
import { afterAll, afterEach, beforeEach, describe } from '@jest/globals';
import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import supertest from 'supertest';
import { Clock } from '../../src/platform/common/clock.js';
import { createApp } from '../../src/configure.js';
import { Database } from '../../src/platform/database/database.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { readSettings } from '../../src/platform/settings.js';
import { watchAnswers } from './contract.js';
import { Make } from './make.js';
import { isOnPostgres } from './run.js';

export const DATABASES = ['sqlite', 'postgresql'] as const;
export type DatabaseKind = (typeof DATABASES)[number];

interface Start {
  /** The day on which the clock starts, at 12:00 in Amsterdam. */
  today?: string;
  /** Alternatively, the exact instant. */
  now?: string;
  environment?: Record<string, string>;
  /** Its tests build on one another, and the clock keeps running between them. Otherwise it is reset after each. */
  isStory?: boolean;
}

/** Runs the same tests on SQLite and, if this run includes it, on PostgreSQL. */
export function onBothDatabases(claims: (kind: DatabaseKind) => void): void {
  for (const kind of databasesNow()) describe(`on ${kind}`, () => claims(kind));
}

/** The databases on which this run tests the present file. */
export const databasesNow = (): readonly DatabaseKind[] => (isOnPostgres() ? DATABASES : ['sqlite']);

/** A clock that remembers what it was set to. */
class TestClock extends Clock {
  putAt: string;

  override set(instant: string): void {
    this.putAt = instant;
    super.set(instant);
  }
}

interface Running {
  clock: TestClock;
  isStory: boolean;
  /** The setting of its clock before the test. */
  before?: string;
  stop: () => Promise<void>;
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
  for (const { stop } of running.splice(0)) await stop();
  mustBeDescribed();
});

/** The scope of a file that ran is never freed by Node 20: what it held of the service is taken from it by the next. */
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
const service = new AsyncResource('service under test');

/** The whole service with real migrations on a separate database; stopped after the file. */
export async function startApp(
  kind: DatabaseKind,
  { today = '2026-06-02', now, environment = {}, isStory = false }: Start = {},
) {
  const place = await newPlace(kind, true);
  const settings = readSettings({ NODE_ENV: 'test', LOG_LEVEL: 'silent', ...place.environment, ...environment });
  const clock = new TestClock(now ?? `${today}T10:00:00Z`);
  const app = await service.runInAsyncScope(async () => {
    const starting = await createApp(settings, clock);
    watchAnswers(starting, (violation) => undescribed.add(violation));
    await starting.init();
    await starting.getHttpAdapter().getInstance().ready();
    return starting;
  });
  const one: Running = {
    ...{ clock, isStory },
    stop: async () => {
      await app.close();
      await place.remove();
    },
  };
  running.push(one);
  /** Stops it before the end of the file. */
  const stop = async () => {
    running.splice(running.indexOf(one), 1);
    await one.stop();
  };
  const server = app.getHttpServer() as Server;
  const make = new Make(app.get(Transactions), clock);
  const t = { app, api: supertest(server), make, clock, settings, database: app.get(Database), server, stop };
  started.push(t, make);
  return t;
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
    return { environment, remove: drop };
  }
  if (isMigrated) copyFileSync(process.env.TEST_SQLITE_TEMPLATE!, environment.DATABASE_PATH);
  return { environment, remove: async () => rmSync(folder, { recursive: true, force: true }) };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${process.env.TEST_POSTGRES_URL}/postgres` });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

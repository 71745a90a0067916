import 'reflect-metadata';
import { afterAll, describe } from '@jest/globals';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import supertest from 'supertest';
import { Clock } from '../../src/platform/common/clock.js';
import { createApp } from '../../src/configure.js';
import { Database } from '../../src/platform/database/database.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { readSettings } from '../../src/platform/settings.js';
import { Make } from './make.js';

export const DATABASES = ['sqlite', 'postgresql'] as const;
export type DatabaseKind = (typeof DATABASES)[number];

interface Start {
  /** The day on which the clock starts, at 12:00 in Amsterdam. */
  today?: string;
  /** Or the exact instant. */
  now?: string;
  environment?: Record<string, string>;
}

/** Runs the same claims on SQLite and on PostgreSQL. */
export function onBothDatabases(claims: (kind: DatabaseKind) => void): void {
  for (const kind of DATABASES) describe(`on ${kind}`, () => claims(kind));
}

const running: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of running.splice(0)) await stop();
});

/** The whole service with real migrations on a database of its own; stopped after the file. */
export async function startApp(kind: DatabaseKind, { today = '2026-06-02', now, environment = {} }: Start = {}) {
  const place = await newPlace(kind, true);
  const settings = readSettings({ NODE_ENV: 'test', LOG_LEVEL: 'silent', ...place.environment, ...environment });
  const clock = new Clock(now ?? `${today}T10:00:00Z`);
  const app = await createApp(settings, clock);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const stop = async () => {
    await app.close();
    await place.remove();
  };
  running.push(stop);
  const server = app.getHttpServer() as Server;
  const make = new Make(app.get(Transactions), clock);
  return { app, api: supertest(server), make, clock, settings, database: app.get(Database), server };
}

export type TestApp = Awaited<ReturnType<typeof startApp>>;

/** A database of its own, empty or a copy of the migrated one, and how to throw it away; `as` is SQL for PostgreSQL. */
export async function newPlace(kind: DatabaseKind, isMigrated = false, as = '') {
  const folder = mkdtempSync(join(tmpdir(), 'wijkagenda-test-'));
  const environment: Record<string, string> = {
    DATABASE_PATH: join(folder, 'test.sqlite'),
    LIMITS: 'off',
    SECRET_KEY: 'a-key-for-tests-that-is-long-enough!',
    // Nothing listens there: a test that mails starts a mailbox, and rings for the delivery itself.
    SMTP_URL: 'smtp://127.0.0.1:1',
  };
  if (kind === 'postgresql') {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    const template = isMigrated ? ` TEMPLATE ${process.env.TEST_POSTGRES_TEMPLATE}` : '';
    await onServer(`CREATE DATABASE ${name}${template} ${as}`);
    environment.DATABASE_URL = `${process.env.TEST_POSTGRES_URL}/${name}`;
    return { environment, remove: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
  }
  if (isMigrated) copyFileSync(process.env.TEST_SQLITE_TEMPLATE!, environment.DATABASE_PATH);
  return { environment, remove: async () => rmSync(folder, { recursive: true, force: true }) };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${process.env.TEST_POSTGRES_URL}/postgres` });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DiscoveryService } from '@nestjs/core';
import { SchedulerRegistry } from '@nestjs/schedule';
import BetterSqlite3 from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { globalAgent, type Server } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Clock } from '../../src/platform/common/clock.js';
import { Database } from '../../src/platform/database/database.js';
import type { Settings } from '../../src/platform/settings.js';

/** A clock that remembers its setting. */
export class TestClock extends Clock {
  putAt: string;

  override set(instant: string): void {
    this.putAt = instant;
    super.set(instant);
  }
}

/** A running service with what the tests of one file may change in it. */
export interface Service {
  app: NestFastifyApplication;
  server: Server;
  settings: Settings;
  clock: TestClock;
  /** Receives responses that the OpenAPI document does not describe; set by the file that currently has the service. */
  report: { of: (violation: string) => void };
  place: { folder: string; environment: Record<string, string> };
  stop: () => Promise<void>;
  /** Its state just after the start; undefined for one that is never handed on. */
  fresh?: { settings: Settings; memory: string };
}

/** Settings that are read at each use, so they can change in a running service. */
const READ_AT_USE: ReadonlySet<string> = new Set(['SMTP_URL']);

/**
 * What the service may remember from one file to the next: threads and statements, which read the database as it is;
 * texts that it makes only once, and papers by all that is in them; what is only counted or logged.
 */
const KEEPS: ReadonlySet<string> = new Set([
  'ApiDocs.found',
  'ApiDocs.made',
  'ApiDocument.made',
  'ApiDocument.written',
  'AuditHeadLog.loggedOn',
  'BackgroundReader.pool',
  'BackgroundWorker.thread',
  'Checkpoints.commits',
  'Checkpoints.isLong',
  'Checkpoints.isRunning',
  'Checkpoints.thread',
  'Manual.made',
  'Manual.pictures',
  'MinutesPapers.made',
  'Renderer.compiled',
  'SessionStreams.restsUntil',
  'Transactions.statements',
]);

/** The service that no spec file is using at the moment. Kept on the process, because Jest reloads `test` for each file. */
const kept = globalThis as { serviceHandedOn?: Service; hasFailedTest?: boolean };

/** Whether the service of an earlier file can be used for these settings. */
export const mayBeHandedOn = (kind: string, environment: Record<string, string>): boolean =>
  kind === 'sqlite' && Object.keys(environment).every((name) => READ_AT_USE.has(name));

/** Records the state of a service that has just started, and its settings except those of this file. */
export function noted(service: Service, settings: Settings): Service {
  service.fresh = { settings, memory: memoryOf(service) };
  return service;
}

/** The service of an earlier file, put back to its start; undefined if there is none. */
export function takeOver(environment: Record<string, string>, now: string): Service | undefined {
  const service = kept.serviceHandedOn;
  if (!service) return undefined;
  kept.serviceHandedOn = undefined;
  service.server.ref();
  Object.assign(service.settings, environment);
  service.clock.set(now);
  return service;
}

/** Puts a service back to its start for the next file, or stops it if its state differs or another one is already waiting. */
export async function handOn(service: Service): Promise<void> {
  const { app, server, settings, fresh, place } = service;
  if (
    !fresh ||
    kept.hasFailedTest ||
    kept.serviceHandedOn ||
    !server.listening ||
    !app.get(Database).writer.isInitialized
  )
    return service.stop();
  await disconnectAll(server);
  Object.assign(settings, fresh.settings);
  if (memoryOf(service) !== fresh.memory) return service.stop();
  await emptied(place.environment.DATABASE_PATH);
  rmSync(place.environment.FILES_PATH, { recursive: true, force: true });
  service.report.of = () => {};
  // It must not keep the process alive either.
  server.unref();
  const jobs = app.get(SchedulerRegistry);
  for (const name of jobs.getIntervals()) (jobs.getInterval(name) as NodeJS.Timeout).unref();
  kept.serviceHandedOn = service;
}

/** Ends the connections of all clients, and of streams. */
export async function disconnectAll(server: Server): Promise<void> {
  globalAgent.destroy();
  server.closeAllConnections();
  await nextTurn();
  await nextTurn();
}

/** Replaces the contents of the database by those of the template: to the service, a commit by another process. */
async function emptied(path: string): Promise<void> {
  const template = new BetterSqlite3(process.env.TEST_SQLITE_TEMPLATE!, { readonly: true });
  await template.backup(path, { progress: () => 1e6 }).finally(() => template.close());
}

/** All state of the service's providers, except `KEEPS` and what is put back: values, and the sizes of collections. */
function memoryOf({ app, settings, clock }: Service): string {
  const parts = app.get(DiscoveryService, { strict: false });
  return [...parts.getProviders(), ...parts.getControllers()]
    .filter(({ instance }) => instance && typeof instance === 'object' && instance !== settings && instance !== clock)
    .flatMap(({ instance, name }) =>
      Object.entries(instance as object)
        .map(([field, value]) => [`${String(name)}.${field}`, inShort(value)])
        .filter(([field]) => !KEEPS.has(field)),
    )
    .map((line) => line.join(' '))
    .join('\n');
}

function inShort(value: unknown): string {
  if (value instanceof Map || value instanceof Set) return String(value.size);
  if (Array.isArray(value)) return String(value.length);
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? 'function' : String(value);
  return value.constructor?.name ?? 'object';
}

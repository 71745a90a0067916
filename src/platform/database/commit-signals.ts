import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { SETTINGS, type Settings } from '../settings.js';
import { Database } from './database.js';
import { COMMITS } from './dialect.js';

/** `isUncertain`: the connection was down for a while, so anything may have changed. */
type Listener = (isUncertain: boolean) => void;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** A silently lost connection is detected within this time plus `ANSWER_MS`. */
const ASKED_EVERY_MS = 15_000;
const ANSWER_MS = 5_000;

/**
 * Signals commits that changed something: on SQLite after each commit of the one service; on PostgreSQL those of every
 * process, over one connection outside the pool, which is opened for the first listener. The signal does not say what
 * changed: listeners read that with their own permissions.
 */
@Injectable()
export class CommitSignals implements OnModuleDestroy {
  private readonly log = new Logger('CommitSignals');
  private readonly listeners = new Set<Listener>();
  private readonly over = new AbortController();
  private isListening = false;

  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'DATABASE_URL' | 'DATABASE_SCHEMA'>,
  ) {}

  /** Calls back after each commit. Returns a function that stops it. */
  subscribe(listener: Listener): () => void {
    if (!this.database.isShared) return this.database.onCommit(() => listener(false));
    this.listeners.add(listener);
    if (!this.isListening) void this.keepListening();
    return () => void this.listeners.delete(listener);
  }

  onModuleDestroy(): void {
    this.over.abort();
  }

  private tell(isUncertain: boolean): void {
    for (const listener of this.listeners) listener(isUncertain);
  }

  /** Connects again after each loss, with pauses that grow while the database stays away. */
  private async keepListening(): Promise<void> {
    this.isListening = true;
    const { signal } = this.over;
    let pause = FIRST_PAUSE_MS;
    let isMissed = false;
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      try {
        await this.listen(() => {
          pause = FIRST_PAUSE_MS;
          if (isMissed) this.log.log('Notified of changes by other processes again.');
          isMissed = false;
          this.tell(!isFirst);
        });
      } catch (error) {
        if (!isMissed)
          this.log.warn(`Temporarily not notified of changes by other processes: ${(error as Error).message}`);
        isMissed = true;
      }
      await sleep(pause, undefined, { signal }).catch(() => {});
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  /** Until the connection is lost, or this service stops. */
  private async listen(connected: () => void): Promise<void> {
    const { SteadyClient } = await import('../postgres/postgres-client.js');
    if (this.over.signal.aborted) return;
    const client = new SteadyClient({
      connectionString: this.settings.DATABASE_URL,
      connectionTimeoutMillis: 10_000,
      query_timeout: ANSWER_MS,
      keepAlive: true,
      application_name: COMMITS,
    });
    const stop = () => void client.end().catch(() => {});
    this.over.signal.addEventListener('abort', stop);
    const asking = setInterval(() => void client.query('SELECT 1').catch(stop), ASKED_EVERY_MS);
    try {
      const lost = new Promise<void>((resolve) => client.once('end', resolve));
      client.on('notification', ({ payload }) => payload === this.settings.DATABASE_SCHEMA && this.tell(false));
      await client.connect();
      await client.query(`LISTEN ${COMMITS}`);
      connected();
      await lost;
    } finally {
      clearInterval(asking);
      this.over.signal.removeEventListener('abort', stop);
      stop();
    }
  }
}

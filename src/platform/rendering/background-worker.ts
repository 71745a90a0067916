import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Piscina } from 'piscina';
import { oneThread } from '../common/thread.js';
import { Theme } from './theme.js';

type Job = { module: string; name: string; argument: unknown };

/**
 * Runs slow work in a worker thread, one job at a time, so that other requests continue. When running from TypeScript
 * sources, which a worker cannot load, the work is done in place.
 */
@Injectable()
export class BackgroundWorker implements OnApplicationShutdown {
  private thread: Piscina<Job, unknown> | undefined;

  constructor(private readonly theme: Theme) {}

  /** Calls `make` with a plain value and returns its plain result; `module` is the file that exports it. */
  async run<T, R>(module: string, make: (argument: T) => Promise<R>, argument: T): Promise<R> {
    if (import.meta.url.endsWith('.ts')) return make(argument);
    this.thread ??= oneThread(new URL('./background.worker.js', import.meta.url), this.theme.dress);
    return (await this.thread.run({ module, name: make.name, argument })) as R;
  }

  /** The same for bytes. */
  async bytes<T>(module: string, make: (argument: T) => Promise<Buffer>, argument: T): Promise<Buffer> {
    return Buffer.from(await this.run(module, make, argument));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.destroy();
  }
}

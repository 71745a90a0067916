import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Piscina } from 'piscina';
import { oneThread } from '../common/thread.js';
import { Theme } from './theme.js';

type Job = { module: string; name: string; argument: unknown };
type Exported<T, R> = Record<string, (argument: T) => Promise<R>>;

/**
 * Runs slow work in a worker thread, one job at a time, so that other requests continue. When running from TypeScript
 * sources, which a worker cannot load, the work is done in place.
 */
@Injectable()
export class BackgroundWorker implements OnApplicationShutdown {
  private thread: Piscina<Job, unknown> | undefined;
  private readonly prepared = new Set<string>();

  constructor(private readonly theme: Theme) {}

  /**
   * Calls a function with a plain value and returns its plain result; `module` is the file that exports it. Given as
   * `{ reviewPdf }`: the key is its name there, whatever the bundle calls the function.
   */
  async run<T, R>(module: string, exported: Exported<T, R>, argument: T): Promise<R> {
    const [[name, make]] = Object.entries(exported);
    if (import.meta.url.endsWith('.ts')) return make(argument);
    this.thread ??= oneThread(new URL('./background.worker.js', import.meta.url), this.theme.dress);
    return (await this.thread.run({ module, name, argument })) as R;
  }

  /**
   * Calls, once and without waiting for it, a function that loads what a document needs: that takes a third of the time of
   * the first one, in which the database is still reading what the document is about.
   */
  prepare(module: string, exported: Record<string, () => Promise<void>>): void {
    if (import.meta.url.endsWith('.ts') || this.prepared.has(module)) return;
    this.prepared.add(module);
    // What fails here fails again, and is reported, when the document is made.
    this.run(module, exported, undefined).catch(() => {});
  }

  /** `run` for bytes. */
  async bytes<T>(module: string, exported: Exported<T, Buffer>, argument: T): Promise<Buffer> {
    return Buffer.from(await this.run(module, exported, argument));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.destroy();
  }
}

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Thread } from '../common/thread.js';

type Job = { module: string; name: string; argument: unknown };

/**
 * Does long work aside, one piece after the other, so that other requests go on meanwhile. Where the sources run as they
 * are written, no thread can read them: there the work is done on the spot.
 */
@Injectable()
export class Aside implements OnApplicationShutdown {
  private thread: Thread<Job, unknown> | undefined;

  /** What `make` gives for a plain value, as a plain value; `module` is the file that exports it under its own name. */
  async ask<T, R>(module: string, make: (argument: T) => Promise<R>, argument: T): Promise<R> {
    if (import.meta.url.endsWith('.ts')) return make(argument);
    this.thread ??= new Thread(new URL('./aside.worker.js', import.meta.url));
    return (await this.thread.ask({ module, name: make.name, argument })) as R;
  }

  /** The same for bytes. */
  async bytes<T>(module: string, make: (argument: T) => Promise<Buffer>, argument: T): Promise<Buffer> {
    return Buffer.from(await this.ask(module, make, argument));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.stop();
  }
}

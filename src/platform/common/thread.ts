import { Worker } from 'node:worker_threads';

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/**
 * A worker thread that handles requests one at a time, so that a slow one does not block the event loop. Started on
 * first use; its file receives `{ id, … }` and posts `{ id, answer }` or `{ id, error }`.
 */
export class Thread<Question extends object, Answer> {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting<Answer>>();
  private last = 0;

  constructor(
    private readonly file: URL,
    private readonly data: object = {},
  ) {}

  run(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.last += 1;
      this.waiting.set(this.last, { resolve, reject });
      this.worker ??= this.start();
      this.worker.postMessage({ id: this.last, ...question });
    });
  }

  async stop(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(this.file, { workerData: this.data });
    worker.unref();
    worker.on('message', ({ id, answer, error }: { id: number; answer: Answer; error?: string }) => {
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) asked?.resolve(answer);
      else asked?.reject(new Error(error));
    });
    worker.on('error', (error) => this.fail(worker, error));
    worker.on('exit', () => this.fail(worker, new Error('The worker thread stopped.')));
    return worker;
  }

  /** Rejects all pending requests when the worker exits; the next request starts a new one. */
  private fail(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const asked of this.waiting.values()) asked.reject(error);
    this.waiting.clear();
  }
}

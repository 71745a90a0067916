import { Transactions } from '../../src/platform/database/transactions.js';
import type { TestApp } from './app.js';

class Undone extends Error {
  constructor(readonly answer: unknown) {
    super('undone');
  }
}

/**
 * From now on every write succeeds as usual, but is rolled back, so that each route can be tested without changing the data
 * for the next.
 */
export function undoWrites(t: TestApp): void {
  const door = t.app.get(Transactions);
  const run = door.run.bind(door);
  door.run = async <T>(work: Parameters<typeof run<T>>[0], keeper?: Parameters<typeof run<T>>[1]): Promise<T> => {
    const answered = run(async (manager) => {
      throw new Undone(await work(manager));
    }, keeper);
    return answered.catch((error: unknown) => {
      if (error instanceof Undone) return error.answer as T;
      throw error;
    });
  };
}

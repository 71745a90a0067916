import type { EntityManager } from 'typeorm';
import { markHeld } from '../common/held-writes.js';
import { execute } from './rows.js';

/** Runs part of a transaction in a savepoint: if it throws, only that part is rolled back. */
export function withSavepoint<T>(manager: EntityManager, work: () => Promise<T>): Promise<T> {
  return within(manager, work, release);
}

/** Dry run of part of a transaction: runs it for its result and rolls it back. */
export function dryRun<T>(manager: EntityManager, work: () => Promise<T>): Promise<T> {
  return within(manager, work, undo);
}

type End = (manager: EntityManager) => Promise<unknown>;

const release: End = (manager) => execute(manager, 'RELEASE SAVEPOINT "part"');

/** A savepoint survives being rolled back to; unless released, it would shadow the enclosing one of the same name. */
const undo: End = async (manager) => {
  await execute(manager, 'ROLLBACK TO SAVEPOINT "part"');
  await release(manager);
};

async function within<T>(manager: EntityManager, work: () => Promise<T>, end: End): Promise<T> {
  await execute(manager, 'SAVEPOINT "part"');
  const forget = markHeld(manager);
  let answer: T;
  try {
    answer = await work();
  } catch (error) {
    forget();
    // If storage failed, everything is already rolled back and this fails too: report the original error.
    await undo(manager).catch(() => Promise.reject(error));
    throw error;
  }
  if (end === undo) forget();
  await end(manager);
  return answer;
}

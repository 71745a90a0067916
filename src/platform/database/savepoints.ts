import type { EntityManager } from 'typeorm';
import { execute } from './rows.js';

/** Does a part of a transaction: when it throws, that part is undone and the transaction can go on. */
export function apart<T>(manager: EntityManager, work: () => Promise<T>): Promise<T> {
  return within(manager, work, release);
}

/** Does a part of a transaction to see what comes of it, and undoes it. */
export function rehearse<T>(manager: EntityManager, work: () => Promise<T>): Promise<T> {
  return within(manager, work, undo);
}

type End = (manager: EntityManager) => Promise<unknown>;

const release: End = (manager) => execute(manager, 'RELEASE SAVEPOINT "part"');

/** A savepoint is still there after it was rolled back to: left there, it would stand in the way of the one around it. */
const undo: End = async (manager) => {
  await execute(manager, 'ROLLBACK TO SAVEPOINT "part"');
  await release(manager);
};

async function within<T>(manager: EntityManager, work: () => Promise<T>, end: End): Promise<T> {
  await execute(manager, 'SAVEPOINT "part"');
  let answer: T;
  try {
    answer = await work();
  } catch (error) {
    // Storage that gave up has undone everything by itself: what is told then is why.
    await undo(manager).catch(() => Promise.reject(error));
    throw error;
  }
  await end(manager);
  return answer;
}

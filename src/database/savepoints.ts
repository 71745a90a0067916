import type { EntityManager } from 'typeorm';
import { execute } from './rows.js';

/** Does a part of a transaction: when it throws, that part is undone and the transaction can go on. */
export function apart<T>(manager: EntityManager, work: () => Promise<T>): Promise<T> {
  return within(manager, work, 'RELEASE SAVEPOINT "part"');
}

/** Does a part of a transaction to see what comes of it, and undoes it. */
export function rehearse<T>(manager: EntityManager, work: () => Promise<T>): Promise<T> {
  return within(manager, work, 'ROLLBACK TO SAVEPOINT "part"');
}

async function within<T>(manager: EntityManager, work: () => Promise<T>, after: string): Promise<T> {
  await execute(manager, 'SAVEPOINT "part"');
  let answer: T;
  try {
    answer = await work();
  } catch (error) {
    // Storage that gave up has undone everything by itself: what is told then is why.
    await execute(manager, 'ROLLBACK TO SAVEPOINT "part"').catch(() => Promise.reject(error));
    throw error;
  }
  await execute(manager, after);
  return answer;
}

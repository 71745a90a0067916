import { type DataSource, EntityManager } from 'typeorm';
import { grouped } from './grouped.js';

type Write<T> = (manager: EntityManager, items: readonly T[]) => Promise<void>;

/** What is written at the end of a transaction, and how. */
export interface Held {
  item: unknown;
  write: Write<never>;
}

const held = new WeakMap<EntityManager, Held[]>();

/** Opens a transaction for what it holds back. Only for what runs transactions, like `endHolding`. */
export function beginHolding(manager: EntityManager): void {
  held.set(manager, []);
}

/** What the transaction held back, to be written before its commit; from then on it holds back nothing. */
export function endHolding(manager: EntityManager): Held[] {
  const items = heldBy(manager);
  held.delete(manager);
  return items;
}

/**
 * Has `write` write these right before the commit, together with others like them: for rows that every transaction locks or
 * changes. Locked last, they are locked briefly, and no other lock is waited for meanwhile.
 */
export function holdBack<T>(manager: EntityManager, write: Write<T>, items: readonly T[]): void {
  const mine = heldBy(manager);
  for (const item of items) mine.push({ item, write });
}

/** Writes what was held back, in order; what is written alike at once. */
export async function writeAll(manager: EntityManager, items: readonly Held[]): Promise<void> {
  for (const [write, some] of grouped(items, (one) => one.write))
    await write(manager, some.map(({ item }) => item) as never[]);
}

/** Writes it now, for a transaction that reads what it has recorded itself. */
export async function writeHeld(source: DataSource | EntityManager): Promise<void> {
  const mine = source instanceof EntityManager ? held.get(source) : undefined;
  if (mine?.length) await writeAll(source as EntityManager, mine.splice(0));
}

/**
 * For a savepoint: the returned function puts back what is held at this moment. Also what was written meanwhile, since that is
 * rolled back.
 */
export function markHeld(manager: EntityManager): () => void {
  const mine = heldBy(manager);
  const before = [...mine];
  return () => void mine.splice(0, mine.length, ...before);
}

function heldBy(manager: EntityManager): Held[] {
  const mine = held.get(manager);
  if (!mine) throw new Error('Only inside a transaction of the door of all writes.');
  return mine;
}

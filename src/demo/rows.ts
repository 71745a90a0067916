import type { EntityManager, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';

type Entity<T> = new () => T;
const BLOCK = 100;

/** Rows waiting to be inserted, table by table, in the order in which the tables were first used. */
export class Rows {
  private readonly tables = new Map<Entity<ObjectLiteral>, ObjectLiteral[]>();

  add<T extends ObjectLiteral>(entity: Entity<T>, row: T): T {
    const waiting = this.tables.get(entity);
    if (waiting) waiting.push(row);
    else this.tables.set(entity, [row]);
    return row;
  }

  /** Inserts the waiting rows, in blocks. */
  async lay(manager: EntityManager): Promise<void> {
    for (const [entity, rows] of this.tables) {
      for (let from = 0; from < rows.length; from += BLOCK) {
        // Copies, because `insert` reads columns back in id order and writes them into the objects it was given.
        const copies = rows.slice(from, from + BLOCK).map((row) => ({ ...row }));
        await manager.insert(entity, copies as QueryDeepPartialEntity<ObjectLiteral>[]);
      }
    }
    this.tables.clear();
  }
}

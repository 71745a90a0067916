import type { EntityManager, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';

type Entity<T> = new () => T;
const BLOCK = 100;

/** Rows that wait to be laid, table by table, in the order in which the tables were first named. */
export class Rows {
  private readonly tables = new Map<Entity<ObjectLiteral>, ObjectLiteral[]>();

  add<T extends ObjectLiteral>(entity: Entity<T>, row: T): T {
    const waiting = this.tables.get(entity);
    if (waiting) waiting.push(row);
    else this.tables.set(entity, [row]);
    return row;
  }

  /** Inserts what waits, a block of rows at a time. */
  async lay(manager: EntityManager): Promise<void> {
    for (const [entity, rows] of this.tables) {
      for (let from = 0; from < rows.length; from += BLOCK) {
        // Copies: `insert` reads columns back in the order of the ids and puts them into what it was handed.
        const copies = rows.slice(from, from + BLOCK).map((row) => ({ ...row }));
        await manager.insert(entity, copies as QueryDeepPartialEntity<ObjectLiteral>[]);
      }
    }
    this.tables.clear();
  }
}

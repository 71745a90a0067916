import type { EntityManager, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';
import { type RowWithoutNulls, withNulls } from '../platform/database/shapes.js';
import { insertAll } from '../platform/database/writes.js';

type Entity<T> = new () => T;

/** Rows waiting to be inserted, table by table, in the order in which the tables were first used. */
export class Rows {
  private readonly tables = new Map<Entity<ObjectLiteral>, ObjectLiteral[]>();

  add<T extends ObjectLiteral>(entity: Entity<T>, fields: RowWithoutNulls<T>): T {
    const row = withNulls(entity, fields);
    const waiting = this.tables.get(entity);
    if (waiting) waiting.push(row);
    else this.tables.set(entity, [row]);
    return row;
  }

  /** Inserts the waiting rows. */
  async lay(manager: EntityManager): Promise<void> {
    for (const [entity, rows] of this.tables) {
      await insertAll(manager, entity, rows as QueryDeepPartialEntity<ObjectLiteral>[]);
    }
    this.tables.clear();
  }
}

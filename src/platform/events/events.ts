import type { EntityManager } from 'typeorm';
import { newId } from '../common/ids.js';
import { chunks, execute, Params, row, type Source } from '../database/rows.js';
import type { Event } from './event.entity.js';

export type NewEvent = Pick<Event, 'kind' | 'areaId' | 'subjectId' | 'data'> & { dedupeKey?: string };

/**
 * Appends events in the transaction of the change, to be delivered afterwards. The caller omits what is confidential.
 * Without subscriptions nothing is stored; of events with the same `dedupeKey` only the first is.
 */
export async function appendEvents(
  manager: EntityManager,
  at: string,
  eventsOf: () => NewEvent[] | Promise<NewEvent[]>,
): Promise<void> {
  if (!(await hasSubscriptions(manager))) return;
  const events = await eventsOf();
  for (const some of chunks(events)) {
    const params = new Params();
    const values = some.map(({ kind, areaId, subjectId, data, dedupeKey }) => {
      const own = params.list([newId(), kind, areaId, subjectId, JSON.stringify(data), at]);
      return `(${own}, CAST(${params.add(dedupeKey ?? null)} AS varchar))`;
    });
    await execute(
      manager,
      `INSERT INTO "events" ("id", "kind", "areaId", "subjectId", "data", "at", "dedupeKey") VALUES ${values.join(', ')}
       ON CONFLICT ("dedupeKey") DO NOTHING`,
      params.values,
    );
  }
}

async function hasSubscriptions(source: Source): Promise<boolean> {
  return (await row(source, 'SELECT 1 AS "one" FROM "webhooks" WHERE "endedAt" IS NULL LIMIT 1')) !== undefined;
}

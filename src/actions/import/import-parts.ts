import type { EntityManager } from 'typeorm';
import { LongTask } from '../../platform/common/long-task.js';
import { execute, rows, type Source } from '../../platform/database/rows.js';
import type { PlannedRow } from './import-rows.rules.js';

/** Ten thousand rows as one JSON would take 60 ms to write or read, in which nobody is answered. */
const ROWS_A_PART = 250;

const WRITING = `INSERT INTO "action_import_parts" ("importId", "part", "rows") VALUES ($1, $2, $3)
  ON CONFLICT ("importId", "part") DO UPDATE SET "rows" = EXCLUDED."rows"`;

/** Stores the rows of an import, in the place of those that it had, of which there were as many. */
export async function writeRows(
  manager: EntityManager,
  importId: string,
  planned: readonly PlannedRow[],
): Promise<void> {
  const turns = new LongTask();
  for (let part = 0; part * ROWS_A_PART < planned.length; part += 1) {
    const some = planned.slice(part * ROWS_A_PART, (part + 1) * ROWS_A_PART);
    await execute(manager, WRITING, [importId, part, JSON.stringify(some)]);
    await turns.yieldToEventLoop();
  }
}

/** The rows of an import. */
export async function rowsOf(source: Source, importId: string): Promise<PlannedRow[]> {
  const sql = 'SELECT "rows" FROM "action_import_parts" WHERE "importId" = $1 ORDER BY "part"';
  return fromParts(await rows<{ rows: string }>(source, sql, [importId]));
}

/** The rows in these parts, in order. */
export async function fromParts(parts: readonly { rows: string | null }[]): Promise<PlannedRow[]> {
  const found: PlannedRow[] = [];
  const turns = new LongTask();
  for (const { rows: text } of parts) {
    if (text !== null) found.push(...(JSON.parse(text) as PlannedRow[]));
    await turns.yieldToEventLoop();
  }
  return found;
}

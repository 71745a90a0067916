import type { Database } from '../../platform/database/database.js';
import { execute, rows, type Source } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { Upkeep, UpkeepKind } from './upkeep.entity.js';

/** Records that maintenance was done at a moment (ISO 8601, UTC), and its result; `flaw` is null if all was intact. */
export async function noteUpkeep(
  database: Database,
  kinds: readonly UpkeepKind[],
  at: string,
  flaw: string | null,
): Promise<void> {
  await new Transactions(database).run(async (manager) => {
    for (const kind of kinds)
      await execute(
        manager,
        `INSERT INTO "upkeep" ("kind", "at", "flaw") VALUES ($1, $2, $3)
         ON CONFLICT ("kind") DO UPDATE SET "at" = excluded."at", "flaw" = excluded."flaw"`,
        [kind, at, flaw],
      );
  });
}

/** The last maintenance of each kind; a kind that was never done is absent. */
export async function lastUpkeep(source: Source): Promise<Partial<Record<UpkeepKind, Upkeep>>> {
  const found = await rows<Upkeep>(source, 'SELECT "kind", "at", "flaw" FROM "upkeep"');
  return Object.fromEntries(found.map((one) => [one.kind, one]));
}

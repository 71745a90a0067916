import { row, rows, type Source } from '../database/rows.js';
import { type ChainEnd, flawOf, type Link } from './audit.rules.js';

/** The entry that says that the oldest stretch was destroyed; its digest is the last link that is gone. */
export const TRAIL_DESTROYED = 'audit.destroyed';

const BLOCK = 1000;
/** Below every sequence, so that an entry put before the first is read too. */
const BEFORE_ALL = -2_147_483_648;

/** Where the chain begins: after what was destroyed when its term was over. */
export async function startOfTrail(source: Source): Promise<ChainEnd> {
  return (await row<ChainEnd>(source, 'SELECT "sequence", "hash" FROM "audit_start" WHERE "id" = 1'))!;
}

/**
 * Reads the whole audit trail in blocks and answers the first thing wrong with it, in words; null when it is whole. Runs
 * beside a service that goes on writing.
 */
export async function verifyAudit(source: Source, blockSize = BLOCK): Promise<string | null> {
  let last = await startOfTrail(source);
  if (last.sequence > 0 && !(await isDeclared(source, last))) return `The entries up to ${last.sequence} are missing.`;
  for (let after = BEFORE_ALL; ; after = last.sequence) {
    // Read before the entries: what is written meanwhile is found by the next round, which asks again.
    const head = await row<ChainEnd>(source, 'SELECT "sequence", "hash" FROM "audit_head" WHERE "id" = 1');
    const block = await rows<Link>(
      source,
      `SELECT "sequence", "at", "actorId", "how", "operation", "objectType", "objectId", "areaId", "isConfidential",
         "result", "digest", "previousHash", "hash" FROM "audit_entries" WHERE "sequence" > $1 ORDER BY "sequence" LIMIT $2`,
      [after, blockSize],
      { isConfidential: 'boolean' },
    );
    if (!head) return 'The head of the chain is missing.';
    const end = block.at(-1);
    const flaw = flawOf(block, end ?? head, last);
    if (flaw !== null || !end) return flaw;
    last = end;
  }
}

/** Whether the trail itself says that everything up to there was destroyed. */
async function isDeclared(source: Source, { hash }: ChainEnd): Promise<boolean> {
  const sql = `SELECT 1 AS "one" FROM "audit_entries" WHERE "operation" = '${TRAIL_DESTROYED}' AND "digest" = $1`;
  return (await row(source, sql, [hash])) !== undefined;
}

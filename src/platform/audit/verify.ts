import { row, rows, type Source } from '../database/rows.js';
import { shapeOf } from '../database/shapes.js';
import { AuditEntry } from './audit-entry.entity.js';
import { type ChainEnd, flawOf, type Link } from './audit.rules.js';

/** Declares that the oldest section was destroyed; the entry's digest is the last destroyed link. */
export const TRAIL_DESTROYED = 'audit.destroyed';

const BLOCK = 1000;
/** Lower than any sequence, so that an entry inserted before the first is read too. */
const BEFORE_ALL = -2_147_483_648;

/** Where the chain begins: after the section destroyed at the end of its retention period. */
export async function startOfTrail(source: Source): Promise<ChainEnd> {
  return (await row<ChainEnd>(source, 'SELECT "sequence", "hash" FROM "audit_start" WHERE "id" = 1'))!;
}

/**
 * Reads the whole audit trail in blocks and describes the first flaw; null when it is intact. Safe while the service
 * keeps writing.
 */
export async function verifyAudit(source: Source, blockSize = BLOCK): Promise<string | null> {
  let last = await startOfTrail(source);
  if (last.sequence > 0 && !(await isDeclared(source, last))) return `The entries up to ${last.sequence} are missing.`;
  for (let after = BEFORE_ALL; ; after = last.sequence) {
    // Read before the entries: later entries are found in the next round, which reads the head again.
    const head = await row<ChainEnd>(source, 'SELECT "sequence", "hash" FROM "audit_head" WHERE "id" = 1');
    const block = await rows<Link>(
      source,
      `SELECT "sequence", "at", "actorId", "clientId", "how", "operation", "objectType", "objectId", "areaId", "isConfidential",
         "result", "digest", "previousHash", "hash" FROM "audit_entries" WHERE "sequence" > $1 ORDER BY "sequence" LIMIT $2`,
      [after, blockSize],
      shapeOf(AuditEntry),
    );
    if (!head) return 'The head of the chain is missing.';
    const end = block.at(-1);
    const flaw = flawOf(block, end ?? head, last);
    if (flaw !== null || !end) return flaw;
    last = end;
  }
}

/** Whether the trail itself declares that everything up to this link was destroyed. */
async function isDeclared(source: Source, { hash }: ChainEnd): Promise<boolean> {
  const sql = `SELECT 1 AS "one" FROM "audit_entries" WHERE "operation" = '${TRAIL_DESTROYED}' AND "digest" = $1`;
  return (await row(source, sql, [hash])) !== undefined;
}

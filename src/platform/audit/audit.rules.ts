import { createHash } from 'node:crypto';

export interface AuditFact {
  sequence: number;
  at: string;
  actorId: string | null;
  how: string;
  operation: string;
  objectType: string;
  objectId: string | null;
  areaId: string | null;
  isConfidential: boolean;
  result: string;
  /** The hash of what it is about; absent or null when that has none. */
  digest?: string | null;
}

/** The hash of nothing, before the first entry. */
export const FIRST_HASH = '0'.repeat(64);

/** The link of one entry: SHA-256 over the link before it and the entry's own fields in a fixed order. */
export function linkOf(previousHash: string, fact: AuditFact): string {
  const fields = [
    fact.sequence,
    fact.at,
    fact.actorId,
    fact.how,
    fact.operation,
    fact.objectType,
    fact.objectId,
    fact.areaId,
    fact.isConfidential,
    fact.result,
    // Entries of before there were digests keep their link.
    ...((fact.digest ?? null) === null ? [] : [fact.digest]),
  ];
  return createHash('sha256').update(previousHash).update(JSON.stringify(fields)).digest('hex');
}

export type Link = AuditFact & { previousHash: string; hash: string };

/** Where a chain, or a stretch of it, ends. */
export type ChainEnd = Pick<Link, 'sequence' | 'hash'>;

export const START_OF_CHAIN: ChainEnd = { sequence: 0, hash: FIRST_HASH };

/**
 * The first thing wrong with a chain that should end at `head`, in words; null when it is whole. A stretch of a longer
 * chain follows on `start`, the end of the stretch before it.
 */
export function flawOf(chain: Iterable<Link>, head: ChainEnd, start = START_OF_CHAIN): string | null {
  let last = start;
  for (const link of chain) {
    if (link.sequence < last.sequence + 1) return `Entry ${link.sequence} does not belong after ${last.sequence}.`;
    if (link.sequence > last.sequence + 1) return `Entry ${last.sequence + 1} is missing.`;
    if (link.previousHash !== last.hash) return `Entry ${link.sequence} does not follow on the one before it.`;
    if (linkOf(link.previousHash, link) !== link.hash) return `Entry ${link.sequence} was changed.`;
    last = link;
  }
  if (last.sequence !== head.sequence || last.hash !== head.hash)
    return `The chain ends at ${last.sequence}, its head says ${head.sequence}.`;
  return null;
}

import { hash } from 'node:crypto';

export interface AuditFact {
  sequence: number;
  at: string;
  actorId: string | null;
  /** The client that did it; absent or null if it was not a client. */
  clientId?: string | null;
  how: string;
  operation: string;
  objectType: string;
  objectId: string | null;
  areaId: string | null;
  isConfidential: boolean;
  result: string;
  /** The hash of the object; absent or null when it has none. */
  digest?: string | null;
}

/** The hash before the first entry. */
const FIRST_HASH = '0'.repeat(64);

/** The hash of one entry: SHA-256 over the previous hash and the entry's own fields in a fixed order. */
export function linkOf(previousHash: string, fact: AuditFact): string {
  const fields = [
    fact.sequence,
    fact.at,
    // Entries from before there were clients keep their hash.
    fact.clientId ? `client ${fact.clientId}` : fact.actorId,
    fact.how,
    fact.operation,
    fact.objectType,
    fact.objectId,
    fact.areaId,
    fact.isConfidential,
    fact.result,
    // Entries from before digests existed keep their hash.
    ...((fact.digest ?? null) === null ? [] : [fact.digest]),
  ];
  return hash('sha256', previousHash + JSON.stringify(fields), 'hex');
}

export type Link = AuditFact & { previousHash: string; hash: string };

/** The end of a chain or of a section of it. */
export type ChainEnd = Pick<Link, 'sequence' | 'hash'>;

export const START_OF_CHAIN: ChainEnd = { sequence: 0, hash: FIRST_HASH };

/**
 * Describes the first flaw in a chain that should end at `head`; null when it is intact. For a section of a longer
 * chain, `start` is the end of the section before it.
 */
export function flawOf(chain: Iterable<Link>, head: ChainEnd, start = START_OF_CHAIN): string | null {
  let last = start;
  for (const link of chain) {
    if (link.sequence < last.sequence + 1) return `Entry ${link.sequence} is out of order after ${last.sequence}.`;
    if (link.sequence > last.sequence + 1) return `Entry ${last.sequence + 1} is missing.`;
    if (link.previousHash !== last.hash) return `Entry ${link.sequence} does not link to the entry before it.`;
    if (linkOf(link.previousHash, link) !== link.hash) return `Entry ${link.sequence} was changed.`;
    last = link;
  }
  if (last.sequence !== head.sequence || last.hash !== head.hash)
    return `The chain ends at ${last.sequence}, but its head is ${head.sequence}.`;
  return null;
}

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
  ];
  return createHash('sha256').update(previousHash).update(JSON.stringify(fields)).digest('hex');
}

export type Link = AuditFact & { previousHash: string; hash: string };

const START = { sequence: 0, hash: FIRST_HASH };

/** The first thing wrong with a chain that should begin after `start` and end at `head`, in words; null when it is whole. */
export function flawOf(
  chain: Iterable<Link>,
  head: Pick<Link, 'sequence' | 'hash'>,
  start: Pick<Link, 'sequence' | 'hash'> = START,
): string | null {
  let last = start;
  for (const link of chain) {
    if (link.sequence !== last.sequence + 1) return `Entry ${last.sequence + 1} is missing.`;
    if (link.previousHash !== last.hash) return `Entry ${link.sequence} does not follow on the one before it.`;
    if (linkOf(link.previousHash, link) !== link.hash) return `Entry ${link.sequence} was changed.`;
    last = link;
  }
  if (last.sequence !== head.sequence || last.hash !== head.hash)
    return `The chain ends at ${last.sequence}, its head says ${head.sequence}.`;
  return null;
}

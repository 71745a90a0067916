import { createHash } from 'node:crypto';

/** The previous hash of the first version. */
export const FIRST_HASH = '0'.repeat(64);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The salt prevents guessing a short part from its hash. */
export const partHash = (salt: string, content: string): string => sha256(salt + content);

interface VersionFacts {
  number: number;
  reason: string;
  composedAt: string;
}

interface PartFacts {
  label: string;
  hash: string;
}

/** Binds a version to its predecessor and to its parts, in the order of their labels. */
export function versionHash(previousHash: string, version: VersionFacts, parts: readonly PartFacts[]): string {
  const { number, reason, composedAt } = version;
  const inOrder = parts.map(({ label, hash }) => [label, hash]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sha256(JSON.stringify([previousHash, number, reason, composedAt, inOrder]));
}

export type KeptPart = PartFacts & { content: string | null; salt: string | null };
export type KeptVersion = VersionFacts & { hash: string; parts: KeptPart[] };

/** Declares text as deliberately removed: of one part in the versions before `before`, or (null) of everything. */
export interface Declaration {
  label: string | null;
  before: number | null;
}

const isDeclared = (number: number, part: string, declarations: readonly Declaration[]): boolean =>
  declarations.some(({ label, before }) => (label === null || label === part) && (before === null || number < before));

/**
 * All integrity violations in the versions of one session's minutes, in words. A text may be missing only if that was
 * declared (redacted, or past its retention term); its hash still counts.
 */
export function flawsOf(
  versions: readonly KeptVersion[],
  currentNumber: number,
  declarations: readonly Declaration[],
): string[] {
  const flaws: string[] = [];
  let previousHash = FIRST_HASH;
  for (const [index, version] of versions.toSorted((a, b) => a.number - b.number).entries()) {
    if (version.number !== index + 1) flaws.push(`Version ${index + 1} is missing.`);
    for (const part of version.parts) flaws.push(...flawsOfPart(version.number, part, declarations));
    if (versionHash(previousHash, version, version.parts) !== version.hash)
      flaws.push(`Version ${version.number} was changed or does not follow the one before it.`);
    previousHash = version.hash;
  }
  const last = Math.max(0, ...versions.map(({ number }) => number));
  if (last !== currentNumber) flaws.push(`The last version is ${last}, but the minutes refer to ${currentNumber}.`);
  return flaws;
}

function flawsOfPart(number: number, part: KeptPart, declarations: readonly Declaration[]): string[] {
  if (part.content === null || part.salt === null)
    return isDeclared(number, part.label, declarations)
      ? []
      : [`The text of part ${part.label} of version ${number} is missing.`];
  return partHash(part.salt, part.content) === part.hash
    ? []
    : [`Part ${part.label} of version ${number} was changed.`];
}

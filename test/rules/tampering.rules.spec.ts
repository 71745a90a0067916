import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flawOf, type Link, linkOf, START_OF_CHAIN } from '../../src/platform/audit/audit.rules.js';
import {
  FIRST_HASH,
  flawsOf,
  type KeptPart,
  type KeptVersion,
  partHash,
  versionHash,
} from '../../src/minutes/minutes-hash.rules.js';

const MANIPULATIONS = 4000;
const LENGTH = 9;

/** A valid trail of a few entries, all different. */
function wholeTrail(): Link[] {
  const trail: Link[] = [];
  for (let n = 1; n <= LENGTH; n += 1) {
    const { hash: previousHash } = trail.at(-1) ?? START_OF_CHAIN;
    const fact = {
      ...{ sequence: n, at: `2026-06-02T10:00:0${n}.000Z`, actorId: n % 3 === 0 ? null : `actor ${n}`, how: 'token' },
      ...{ operation: 'thing.changed', objectType: 'thing', objectId: `thing ${n % 4}`, areaId: null },
      ...{ isConfidential: n % 2 === 0, result: 'done', digest: n % 4 === 0 ? `digest ${n}` : null },
    };
    trail.push({ ...fact, previousHash, hash: linkOf(previousHash, fact) });
  }
  return trail;
}

/** Valid minutes with several versions, each with an open and two confidential parts. */
function wholeVersions(): KeptVersion[] {
  const versions: KeptVersion[] = [];
  for (let number = 1; number <= 4; number += 1) {
    const parts = ['open', 'V1', 'V2'].map((label): KeptPart => {
      const [salt, content] = [`zout ${label} ${number}`, `tekst ${label} ${number}`];
      return { label, salt, content, hash: partHash(salt, content) };
    });
    const facts = { number, reason: 'closing', composedAt: `2026-06-0${number}T10:00:00.000Z` };
    versions.push({ ...facts, parts, hash: versionHash(versions.at(-1)?.hash ?? FIRST_HASH, facts, parts) });
  }
  return versions;
}

type Rows = Record<string, unknown>[];
/** What the owner of the database could do to rows: change, copy from another, remove, repeat, swap, truncate. */
const manipulation = fc.record({
  kind: fc.constantFrom('change', 'take', 'remove', 'repeat', 'swap', 'cut'),
  at: fc.nat(),
  other: fc.nat(),
  field: fc.nat(),
  value: fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean(), fc.constant(null)),
});
type Manipulation = typeof manipulation extends fc.Arbitrary<infer Made> ? Made : never;

function manipulate(rows: Rows, { kind, at, other, field, value }: Manipulation): Rows {
  if (rows.length === 0) return rows;
  const [n, m] = [at % rows.length, other % rows.length];
  const fields = Object.keys(rows[n]).filter((name) => name !== 'parts');
  const name = fields[field % fields.length];
  if (kind === 'change') return rows.with(n, { ...rows[n], [name]: value });
  if (kind === 'take') return rows.with(n, { ...rows[n], [name]: rows[m][name] });
  if (kind === 'remove') return rows.toSpliced(n, 1);
  if (kind === 'repeat') return rows.toSpliced(m, 0, { ...rows[n] });
  if (kind === 'swap') return rows.with(n, rows[m]).with(m, rows[n]);
  return rows.slice(0, n);
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

it(`finds each of ${MANIPULATIONS} random manipulations of an audit trail, up to three at once`, () => {
  const whole = wholeTrail();
  const head = whole.at(-1)!;
  let tried = 0;
  const tampering = fc.array(manipulation, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(tampering, (acts) => {
      const tampered = acts.reduce<Rows>(manipulate, whole as unknown as Rows) as unknown as Link[];
      if (isSame(tampered, whole)) return;
      tried += 1;
      expect(flawOf(tampered, head)).not.toBeNull();
    }),
    { numRuns: MANIPULATIONS },
  );
  expect(tried).toBeGreaterThan(MANIPULATIONS / 2);
});

it(`finds each of ${MANIPULATIONS} random manipulations of the versions of minutes and their parts`, () => {
  const whole = wholeVersions();
  let tried = 0;
  fc.assert(
    fc.property(manipulation, fc.option(fc.nat({ max: 3 }), { nil: null }), (act, inParts) => {
      const tampered = (
        inParts === null
          ? manipulate(whole as unknown as Rows, act)
          : whole.with(inParts, {
              ...whole[inParts],
              parts: manipulate(whole[inParts].parts as unknown as Rows, act) as unknown as KeptPart[],
            })
      ) as KeptVersion[];
      const ordered = (versions: KeptVersion[]) =>
        versions
          .toSorted((a, b) => a.number - b.number)
          .map(({ parts, ...rest }) => ({ ...rest, parts: parts.toSorted((a, b) => (a.label < b.label ? -1 : 1)) }));
      // Rows are unordered: the same rows in another order are the same.
      if (isSame(ordered(tampered), ordered(whole))) return;
      tried += 1;
      expect(flawsOf(tampered, whole.length, [])).not.toEqual([]);
    }),
    { numRuns: MANIPULATIONS },
  );
  expect(tried).toBeGreaterThan(MANIPULATIONS / 2);
});

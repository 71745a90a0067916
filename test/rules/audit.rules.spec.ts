import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AuditFact, flawOf, type Link, linkOf, START_OF_CHAIN } from '../../src/platform/audit/audit.rules.js';

/** A valid chain of facts, as written by the service. */
function chainOf(facts: Omit<AuditFact, 'sequence'>[]): Link[] {
  const chain: Link[] = [];
  for (const fact of facts) {
    const { sequence, hash: previousHash } = chain.at(-1) ?? START_OF_CHAIN;
    const next = { sequence: sequence + 1, ...fact };
    chain.push({ ...next, previousHash, hash: linkOf(previousHash, next) });
  }
  return chain;
}

const headOf = (chain: readonly Link[]) => chain.at(-1) ?? START_OF_CHAIN;
const id = fc.option(fc.uuid(), { nil: null });
const fact = fc.record({
  at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  actorId: id,
  how: fc.constantFrom('token', 'session', 'link', 'schedule', 'command'),
  operation: fc.constantFrom('area.created', 'area.changed', 'person.changed'),
  objectType: fc.constantFrom('area', 'person'),
  objectId: id,
  areaId: id,
  isConfidential: fc.boolean(),
  result: fc.constantFrom('done', 'refused'),
});
const chain = (minLength: number) => fc.array(fact, { minLength, maxLength: 12 }).map(chainOf);
const chainWithPlace = (minLength: number) =>
  chain(minLength).chain((links) => fc.tuple(fc.constant(links), fc.nat({ max: links.length - 1 })));

describe('the chain of the audit trail', () => {
  it('is whole as it was written, also when read in stretches', () => {
    fc.assert(
      fc.property(chain(0), fc.nat({ max: 12 }), (links, cut) => {
        expect(flawOf(links, headOf(links))).toBeNull();
        const [first, second] = [links.slice(0, cut), links.slice(cut)];
        expect(flawOf(first, headOf(first))).toBeNull();
        expect(flawOf(second, headOf(links), headOf(first))).toBeNull();
      }),
    );
  });

  it('shows that any field of any entry was changed', () => {
    const fields = ['at', 'actorId', 'how', 'operation', 'objectType', 'objectId', 'areaId', 'result'] as const;
    fc.assert(
      fc.property(chainWithPlace(1), fc.constantFrom(...fields), ([links, place], field) => {
        const changed = links.with(place, { ...links[place], [field]: `${links[place][field]}x` });
        expect(flawOf(changed, headOf(links))).toBe(`Entry ${place + 1} was changed.`);
        const open = links.with(place, { ...links[place], isConfidential: !links[place].isConfidential });
        expect(flawOf(open, headOf(links))).toBe(`Entry ${place + 1} was changed.`);
      }),
    );
  });

  it('shows an entry that was changed and hashed again, by the one after it or by the head', () => {
    fc.assert(
      fc.property(chainWithPlace(1), ([links, place]) => {
        const forged = { ...links[place], result: 'forged' };
        const changed = links.with(place, { ...forged, hash: linkOf(forged.previousHash, forged) });
        expect(flawOf(changed, headOf(links))).not.toBeNull();
      }),
    );
  });

  it('shows that an entry was removed, the first and the last too', () => {
    fc.assert(
      fc.property(chainWithPlace(1), ([links, place]) => {
        expect(flawOf(links.toSpliced(place, 1), headOf(links))).not.toBeNull();
      }),
    );
  });

  it('shows that the tail was cut off', () => {
    fc.assert(
      fc.property(chainWithPlace(1), ([links, place]) => {
        expect(flawOf(links.slice(0, place), headOf(links))).toBe(
          `The chain ends at ${place}, but its head is ${links.length}.`,
        );
      }),
    );
  });

  it('shows that two entries were swapped, even with their sequences', () => {
    fc.assert(
      fc.property(chainWithPlace(2), ([links, place]) => {
        const other = (place + 1) % links.length;
        const swapped = links.with(place, links[other]).with(other, links[place]);
        expect(flawOf(swapped, headOf(links))).not.toBeNull();
        const renumbered = swapped.map((link, index) => ({ ...link, sequence: index + 1 }));
        expect(flawOf(renumbered, headOf(links))).not.toBeNull();
      }),
    );
  });

  it('detects an entry inserted between others, whether renumbered or not, and one appended after the last', () => {
    fc.assert(
      fc.property(chainWithPlace(1), fact, ([links, place], extra) => {
        const before = links[place - 1] ?? START_OF_CHAIN;
        const put = { sequence: before.sequence + 1, ...extra };
        const forged = { ...put, previousHash: before.hash, hash: linkOf(before.hash, put) };
        const inserted = links.toSpliced(place, 0, forged);
        expect(flawOf(inserted, headOf(links))).not.toBeNull();
        const moved = inserted.map((link, index) => ({ ...link, sequence: index + 1 }));
        expect(flawOf(moved, headOf(links))).not.toBeNull();
        const last = { ...extra, sequence: links.length + 1 };
        const appended = { ...last, previousHash: headOf(links).hash, hash: linkOf(headOf(links).hash, last) };
        expect(flawOf([...links, appended], headOf(links))).not.toBeNull();
      }),
    );
  });

  it('shows a number that was given twice, although the entry and the head are right otherwise', () => {
    fc.assert(
      fc.property(chain(1), fact, (links, extra) => {
        const { sequence, hash: previousHash } = headOf(links);
        const twice = { sequence, ...extra };
        const forged = { ...twice, previousHash, hash: linkOf(previousHash, twice) };
        expect(flawOf([...links, forged], forged)).toBe(`Entry ${sequence} is out of order after ${sequence}.`);
      }),
    );
  });

  it.each([
    ['nothing was written, but the head says otherwise', [], { sequence: 3, hash: 'x' }],
    ['everything is gone, the head too, but not back at its start', [], { sequence: 0, hash: 'x' }],
  ])('shows that %s', (_, links, head) => {
    expect(flawOf(links, head)).not.toBeNull();
  });
});

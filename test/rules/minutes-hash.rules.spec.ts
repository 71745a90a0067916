import { describe, expect, it } from '@jest/globals';
import {
  FIRST_HASH,
  flawsOf,
  type KeptPart,
  type KeptVersion,
  partHash,
  versionHash,
} from '../../src/minutes/minutes-hash.rules.js';

const part = (label: string, content: string): KeptPart => ({
  label,
  content,
  salt: `salt of ${label}`,
  hash: partHash(`salt of ${label}`, content),
});

function chain(...contents: string[][]): KeptVersion[] {
  let previous = FIRST_HASH;
  return contents.map((texts, index) => {
    const facts = { number: index + 1, reason: 'closing', composedAt: `2026-06-0${index + 1}T10:00:00.000Z` };
    const parts = texts.map((text, place) => part(place === 0 ? 'open' : `V${place}`, text));
    previous = versionHash(previous, facts, parts);
    return { ...facts, parts, hash: previous };
  });
}

describe('a hash of a part', () => {
  it('differs by its salt, so that a short text cannot be guessed', () => {
    expect(partHash('a', 'ja')).not.toBe(partHash('b', 'ja'));
  });
});

describe('a hash of a version', () => {
  const facts = { number: 1, reason: 'closing', composedAt: '2026-06-02T10:00:00.000Z' };
  const parts = [part('open', 'tekst'), part('V1', 'geheim')];
  const hash = versionHash(FIRST_HASH, facts, parts);

  it('is the same in whatever order the database gives the parts', () => {
    expect(versionHash(FIRST_HASH, facts, parts.toReversed())).toBe(hash);
  });

  it.each([
    ['another version before it', versionHash('f'.repeat(64), facts, parts)],
    ['another number', versionHash(FIRST_HASH, { ...facts, number: 2 }, parts)],
    ['another reason', versionHash(FIRST_HASH, { ...facts, reason: 'correction' }, parts)],
    ['another moment', versionHash(FIRST_HASH, { ...facts, composedAt: '2026-06-02T10:00:00.001Z' }, parts)],
    ['a part less', versionHash(FIRST_HASH, facts, parts.slice(1))],
    [
      'swapped labels',
      versionHash(FIRST_HASH, facts, [
        { ...parts[0], label: 'V1' },
        { ...parts[1], label: 'open' },
      ]),
    ],
  ])('differs with %s', (_, other) => {
    expect(other).not.toBe(hash);
  });
});

describe('the flaws of kept versions', () => {
  const whole = () => chain(['een', 'geheim'], ['twee'], ['drie', 'geheim', 'ook']);
  const without = (index: number) => whole().filter((_, place) => place !== index);

  it('are none when nothing was touched, in whatever order the versions come', () => {
    expect(flawsOf(whole(), 3, [])).toEqual([]);
    expect(flawsOf(whole().toReversed(), 3, [])).toEqual([]);
    expect(flawsOf([], 0, [])).toEqual([]);
  });

  it('name a changed text', () => {
    const versions = whole();
    versions[0].parts[1].content = 'anders';
    expect(flawsOf(versions, 3, [])).toEqual(['Part V1 of version 1 was changed.']);
  });

  it('name a text that was changed together with its own hash', () => {
    const versions = whole();
    versions[1].parts[0] = part('open', 'anders');
    expect(flawsOf(versions, 3, [])).toEqual(['Version 2 was changed or does not follow the one before it.']);
  });

  it('name what follows on a version that was made anew', () => {
    const versions = whole();
    versions[0] = chain(['anders', 'geheim'])[0];
    expect(flawsOf(versions, 3, [])).toEqual(['Version 2 was changed or does not follow the one before it.']);
  });

  it('name a part that was taken out or slipped in', () => {
    const fewer = whole();
    fewer[0].parts.pop();
    expect(flawsOf(fewer, 3, [])).toHaveLength(1);
    const more = whole();
    more[2].parts.push(part('V9', 'verzonnen'));
    expect(flawsOf(more, 3, [])).toHaveLength(1);
  });

  it.each([0, 1])('name a missing version in the middle (%i)', (index) => {
    expect(flawsOf(without(index), 3, [])).toContain(`Version ${index + 1} is missing.`);
  });

  it('name a cut-off tail', () => {
    expect(flawsOf(without(2), 3, [])).toEqual(['The last version is 2, but the minutes refer to 3.']);
  });

  it('name a text that is gone, unless it may be', () => {
    const versions = whole();
    versions[0].parts[1] = { ...versions[0].parts[1], content: null, salt: null };
    expect(flawsOf(versions, 3, [])).toEqual(['The text of part V1 of version 1 is missing.']);
    expect(flawsOf(versions, 3, [{ label: null, before: null }])).toEqual([]);
  });
});

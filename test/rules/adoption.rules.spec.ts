import { describe, expect, it } from '@jest/globals';
import { adoptionViolations, isLater, writtenAdoptionViolation } from '../../src/minutes/adoption/adoption.rules.js';
import { applyCorrections, changedTitles } from '../../src/minutes/adoption/corrections.rules.js';
import type { ConfidentialContent, PartDraft } from '../../src/minutes/minutes-content.js';
import { mayBeDestroyedFrom, redact } from '../../src/administration/redaction/removals.rules.js';

const SENT = '2026-06-02T09:40:00.000Z';

describe('adoption in writing', () => {
  it.each([
    ['2026-06-16', [], 'OBJECTION_TERM_RUNNING'],
    ['2026-06-17', [], undefined],
    ['2026-06-17', ['2026-06-16T20:00:00.000Z'], 'MINUTES_OBJECTED'],
    // 00:30 on the 17th in Amsterdam: too late.
    ['2026-06-20', ['2026-06-16T22:30:00.000Z'], undefined],
    // An objection to an earlier dispatch does not count for the new one.
    ['2026-06-20', ['2026-06-01T09:00:00.000Z'], undefined],
  ])('on %s, with objections %j: %s', (today, objections, code) => {
    expect(writtenAdoptionViolation({ isAllowed: true, sentAt: SENT, objections, today })?.code).toBe(code);
  });

  it('is never possible where the meeting does not allow it', () => {
    const wish = { isAllowed: false, sentAt: SENT, objections: [], today: '2027-01-01' };
    expect(writtenAdoptionViolation(wish)?.code).toBe('WRITTEN_ADOPTION_NOT_ALLOWED');
  });
});

describe('what is asked', () => {
  const correction = { item: '3', old: 'a', new: 'b' };
  it.each([
    [{ sessionId: 'x', kind: 'unchanged' as const, corrections: [] }, []],
    [{ kind: 'unchanged' as const, corrections: [] }, []],
    [{ sessionId: 'x', kind: 'unchanged' as const, corrections: [correction] }, ['corrections']],
    [{ sessionId: 'x', kind: 'corrected' as const, corrections: [] }, ['corrections']],
    [{ kind: 'corrected' as const, corrections: [] }, ['corrections', 'sessionId']],
  ])('%j is refused for %j', (wish, fields) => {
    expect(adoptionViolations(wish).map(({ field }) => field)).toEqual(fields);
  });

  it('orders sessions by day, then time', () => {
    const at = (heldOn: string, startTime: string | null) => ({ id: 'a', heldOn, startTime });
    expect(isLater(at('2026-06-30', null), at('2026-06-02', '10:00'))).toBe(true);
    expect(isLater(at('2026-06-02', '14:00'), at('2026-06-02', '10:00'))).toBe(true);
    expect(isLater(at('2026-06-02', '10:00'), at('2026-06-02', '10:00'))).toBe(false);
  });
});

const part = (label: string, number: string, notes: string | null): PartDraft => {
  const item = {
    number,
    kind: 'topic' as const,
    title: 'Skatebaan',
    notes,
    decision: 'Licht tot 23 uur.',
    state: 'discussed' as const,
  };
  const content: ConfidentialContent = {
    items: [{ ...item, follows: null, position: 1 }],
    discussed: [],
    reportedDone: [],
    actions: [],
  };
  return { label, partyIds: [], content };
};
const KNOWN = new Set(['open']);

describe('corrections', () => {
  const after = (notes: string | null, ...corrections: { item: string; old: string; new: string }[]) => {
    const { parts, errors } = applyCorrections(
      [part('open', '3', notes), part('V1', 'V1', 'geheim')],
      KNOWN,
      corrections,
    );
    return { notes: parts[0].content.items[0].notes, kept: parts[0].content.corrections, errors };
  };

  it('replace the words, keep what was corrected, and leave the original alone', () => {
    const original = part('open', '3', 'naar de avond');
    const wish = { item: '3', old: 'de avond', new: 'de nacht' };
    const { parts } = applyCorrections([original], KNOWN, [wish]);
    expect([parts[0].content.items[0].notes, original.content.items[0].notes]).toEqual([
      'naar de nacht',
      'naar de avond',
    ]);
    expect(parts[0].content.corrections).toEqual([wish]);
  });

  const withAction = () => {
    const one = part('open', '3', null);
    const fields = { owner: null, ownerPerson: null, coOwners: [], deadline: { kind: null, dueOn: null, text: '' } };
    one.content.actions = [{ number: 'BOS-1', title: 'Heg snoeien', itemNumber: '3', ...fields }];
    return one;
  };
  it.each([
    [{ item: 'BOS-1', old: 'Heg', new: 'Haag' }, ['Haag snoeien'], undefined],
    [{ item: '3', old: 'Heg', new: 'Haag' }, ['Haag snoeien'], undefined],
    [{ item: 'BOS-1', old: '', new: 'in mei' }, ['Heg snoeien in mei'], undefined],
    [{ item: '3', old: '', new: 'Snoeien in mei.' }, [], undefined],
    [{ item: 'BOS-1', old: 'Heg snoeien', new: '' }, [], 'a title must be at least 3 characters'],
    [{ item: 'BOS-1', old: '', new: 'x'.repeat(200) }, [], 'a title must be one line of at most 200 characters'],
    [{ item: 'BOS-1', old: 'Heg', new: 'Heg\nen haag' }, [], 'a title must be one line of at most 200 characters'],
  ])('%j gives actions the titles %j, or is refused: %s', (wish, titles, message) => {
    const before = [withAction()];
    const { parts, errors } = applyCorrections(before, KNOWN, [wish]);
    expect(errors[0]?.message).toBe(message);
    if (!message) expect(changedTitles(before, parts).map(({ title }) => title)).toEqual(titles);
  });

  it('take words as they are, not as a pattern', () => {
    expect(after('kost $1', { item: '3', old: '$1', new: '$&' }).notes).toBe('kost $&');
  });

  it('add words, also where nothing stood, and take words out', () => {
    expect(after(null, { item: '3', old: '', new: 'Erbij.' }).notes).toBe('Erbij.');
    expect(after('Eerst.', { item: '3', old: '', new: 'Erbij.' }).notes).toBe('Eerst.\nErbij.');
    expect(after('Eerst dit.', { item: '3', old: ' dit', new: '' }).notes).toBe('Eerst.');
  });

  it('answer of an item that may not be known what they answer of one that is not there', () => {
    const [hidden] = after('a', { item: 'V1', old: 'geheim', new: 'x' }).errors;
    const [absent] = after('a', { item: 'V2', old: 'geheim', new: 'x' }).errors;
    expect(hidden).toEqual(absent);
  });

  it.each([
    ['weg', 'old does not occur in this item'],
    ['a', 'old occurs more than once in this item; include more words'],
    ['uur', undefined],
  ])('with the old words "%s": %s', (old, message) => {
    expect(after('a of a', { item: '3', old, new: 'b' }).errors[0]?.message).toBe(message);
  });
});

it('weglakken takes the words out wherever they stand in the item', () => {
  const { content } = part('open', '3', 'Licht bij Licht');
  expect(redact(content, '3', 'Licht')).toBe(3);
  expect(content.items[0]).toMatchObject({ notes: '(weggelakt) bij (weggelakt)', decision: '(weggelakt) tot 23 uur.' });
  expect(redact(content, '4', 'Skatebaan')).toBe(0);
});

it('weglakken also removes the words from corrections, here and in the session that adopted them', () => {
  const correction = { item: '3', old: 'Jansen', new: 'de bewoner' };
  const { content } = part('open', '3', null);
  content.corrections = [{ ...correction }, { ...correction, item: '4' }];
  content.adoptions = [{ sessionId: 'x', heldOn: '2026-06-02', corrections: [{ ...correction, item: '5' }] }];
  expect(redact(content, '3', 'Jansen')).toBe(1);
  expect(content.corrections.map(({ old }) => old)).toEqual(['(weggelakt)', 'Jansen']);
  content.items[0].kind = 'minutes';
  expect(redact(content, '3', 'Jansen')).toBe(1);
  expect(content.adoptions[0].corrections[0].old).toBe('(weggelakt)');
});

it('counts the term of minutes from the end of their year', () => {
  expect(mayBeDestroyedFrom('2026-01-01', 10)).toBe('2037-01-01');
  expect(mayBeDestroyedFrom('2026-12-31', 10)).toBe('2037-01-01');
});

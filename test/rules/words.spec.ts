import { describe, expect, it } from '@jest/globals';
import { deadlineWords, dueWords } from '../../src/actions/words.js';

describe('a deadline in words', () => {
  it.each([
    ['date', '2026-07-03', 'vrijdag 3 juli 2026', 'uiterlijk vrijdag 3 juli 2026'],
    ['asap', null, 'z.s.m.', 'z.s.m.'],
    ['ongoing', null, 'doorlopend', 'doorlopend'],
    ['next_session', null, 'volgend overleg', 'volgend overleg'],
    ['next_session', '2026-06-30', 'volgend overleg (dinsdag 30 juni 2026)', 'volgend overleg (dinsdag 30 juni 2026)'],
    [null, null, 'nog geen datum', 'nog geen datum'],
  ] as const)('%s %s is "%s", in a line "%s"', (dueKind, dueOn, cell, line) => {
    expect(deadlineWords({ dueKind, dueOn })).toBe(cell);
    expect(dueWords({ dueKind, dueOn })).toBe(line);
  });
});

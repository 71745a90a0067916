import { describe, expect, it } from '@jest/globals';
import {
  coveredUntil,
  violationsInEnd,
  violationsInNew,
  overlaps,
  type Period,
} from '../../src/directory/people/periods.rules.js';

const period = (fromOn: string, untilOn: string | null = null): Period => ({ fromOn, untilOn });
const JUNE = period('2026-06-01', '2026-06-30');

describe('two periods', () => {
  it.each<[string, Period, boolean]>([
    ['touch on the last day', period('2026-06-30', '2026-07-31'), true],
    ['touch on the first day', period('2026-05-01', '2026-06-01'), true],
    ['follow on each other', period('2026-07-01'), false],
    ['lie one inside the other', period('2026-06-10', '2026-06-11'), true],
    ['meet when one is a single day', period('2026-06-10', '2026-06-10'), true],
    ['meet when one has no end', period('2026-01-01'), true],
    ['do not meet when one ended before', period('2026-01-01', '2026-05-31'), false],
    ['do not meet when one never was', period('2026-06-10', '2026-06-09'), false],
  ])('%s', (_, other, expected) => {
    expect(overlaps(JUNE, other)).toBe(expected);
    expect(overlaps(other, JUNE)).toBe(expected);
  });
});

describe('the end of a period', () => {
  it.each([
    ['2026-06-01', 0, 0],
    ['2026-05-31', 1, 0],
    ['2026-05-30', 1, 1],
    [null, 0, 0],
  ])('%s of one from 1 June: %d wrong when new, %d when it exists', (untilOn, whenNew, whenThere) => {
    expect(violationsInNew(period('2026-06-01', untilOn))).toHaveLength(whenNew);
    expect(violationsInEnd(period('2026-06-01', untilOn))).toHaveLength(whenThere);
  });
});

describe('periods together', () => {
  it.each<[string, Period[], string | null]>([
    ['of nothing cover no day', [], '2026-06-01'],
    ['cover all from one without an end', [period('2026-01-01')], null],
    ['that begin tomorrow do not cover today', [period('2026-06-03')], '2026-06-01'],
    ['end with the last', [JUNE, period('2026-07-01', '2026-07-31')], '2026-07-31'],
    ['follow on each other, in any order', [period('2026-07-01'), JUNE], null],
    ['leave a day out', [JUNE, period('2026-07-02')], '2026-06-30'],
    ['overlap', [JUNE, period('2026-06-10', '2026-06-20'), period('2026-06-30')], null],
    [
      'do not count what is over or never was',
      [period('2026-01-01', '2026-05-31'), period('2026-06-03', '2026-06-02')],
      '2026-06-01',
    ],
  ])('%s', (_, periods, expected) => {
    expect(coveredUntil(periods, '2026-06-02')).toBe(expected);
  });
});

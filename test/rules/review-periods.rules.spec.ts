import { describe, expect, it } from '@jest/globals';
import { periodErrors, proposedPeriod } from '../../src/reviews/reviews.rules.js';

describe('a period', () => {
  it('is proposed as the last whole year, or as this one if nothing is older', () => {
    expect(proposedPeriod(true, '2026-01-10')).toEqual({ fromOn: '2025-01-01', asOf: '2025-12-31' });
    expect(proposedPeriod(false, '2026-01-10')).toEqual({ fromOn: '2026-01-01', asOf: '2026-01-10' });
  });

  it.each([
    ['of one day is fine', '2026-01-10', '2026-01-10', []],
    ['up to today is fine', '2025-01-01', '2026-01-10', []],
    ['up to tomorrow is not', '2025-01-01', '2026-01-11', ['asOf']],
    ['reversed is not', '2025-01-02', '2025-01-01', ['fromOn']],
    ['of five years is fine', '2021-01-11', '2026-01-10', []],
    ['of five years and a day is not', '2021-01-10', '2026-01-10', ['fromOn']],
    ['from a leap day to the last of February is fine', '2020-02-29', '2025-02-28', []],
    ['from a leap day to the first of March is not', '2020-02-29', '2025-03-01', ['fromOn']],
  ])('%s', (_, fromOn, asOf, fields) => {
    expect(periodErrors({ fromOn, asOf }, '2026-01-10').map(({ field }) => field)).toEqual(fields);
  });
});

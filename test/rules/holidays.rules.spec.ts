import { expect, it } from '@jest/globals';
import { easterOf, holidaysOf, isHoliday } from '../../src/platform/holidays/holidays.rules.js';

it.each([
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2038, '2038-04-25'],
  [2285, '2285-03-22'],
])('Easter of %i is %s', (year, day) => expect(easterOf(year)).toBe(day));

it('names the holidays of 2026', () => {
  expect([...holidaysOf(2026)]).toEqual([
    ['2026-01-01', 'Nieuwjaarsdag'],
    ['2026-04-03', 'Goede Vrijdag'],
    ['2026-04-06', 'Tweede paasdag'],
    ['2026-04-27', 'Koningsdag'],
    ['2026-05-05', 'Bevrijdingsdag'],
    ['2026-05-14', 'Hemelvaartsdag'],
    ['2026-05-25', 'Tweede pinksterdag'],
    ['2026-12-25', 'Eerste kerstdag'],
    ['2026-12-26', 'Tweede kerstdag'],
  ]);
});

it('keeps the king’s birthday off a Sunday', () => {
  expect(isHoliday('2025-04-26')).toBe(true);
  expect(isHoliday('2025-04-27')).toBe(false);
});

import { expect, it } from '@jest/globals';
import { addDays } from '../../src/common/calendar-date.js';
import { proposedDays } from '../../src/meetings/rhythm.rules.js';

/** A rhythm that begins on a day, with no session yet. */
const nextDays = (rhythm: string, from: string, count: number, skipsHolidays: boolean) => {
  const begin = { anchor: addDays(from, -1), from, until: null, held: 0, taken: new Set<string>() };
  return proposedDays({ rhythm, count, skipsHolidays, ...begin });
};

it('finds the first Tuesdays of the month, across both changes of summer time', () => {
  expect(nextDays('FREQ=MONTHLY;BYDAY=1TU', '2026-02-15', 4, false)).toEqual([
    '2026-03-03',
    '2026-04-07',
    '2026-05-05',
    '2026-06-02',
  ]);
  expect(nextDays('FREQ=MONTHLY;BYDAY=-1MO', '2026-10-01', 2, false)).toEqual(['2026-10-26', '2026-11-30']);
});

it('skips a public holiday on request', () => {
  expect(nextDays('FREQ=MONTHLY;BYDAY=1TU', '2026-05-01', 2, true)).toEqual(['2026-06-02', '2026-07-07']);
});

it('ends with the rhythm, and after two years', () => {
  expect(nextDays('FREQ=WEEKLY;INTERVAL=6;BYDAY=TH;COUNT=3', '2026-01-08', 10, false)).toHaveLength(3);
  expect(nextDays('FREQ=WEEKLY;COUNT=3;INTERVAL=6;BYDAY=TH', '2026-01-08', 2, false)).toHaveLength(2);
  expect(nextDays('FREQ=WEEKLY;BYDAY=TH;UNTIL=20260122', '2026-01-08', 10, false)).toHaveLength(3);
  expect(nextDays('FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=8', '2026-01-01', 10, false)).toEqual(['2026-01-08', '2027-01-08']);
});

import { describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/platform/common/calendar-date.js';
import { isRhythm, proposedDays } from '../../src/meetings/rhythm.rules.js';

/** A rhythm that begins on a day, with no session yet. */
const nextDays = (rhythm: string, from: string, count: number, skipsHolidays: boolean) => {
  const begin = { anchor: addDays(from, -1), from, until: null, held: 0, startTime: '10:00', taken: new Set<string>() };
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

it.each([
  ['a day', 'UNTIL=20261105', true],
  ['the moment at which the last session starts, as a calendar program writes it', 'UNTIL=20261105T090000Z', true],
  ['the same in local time', 'UNTIL=20261105T100000', true],
  ['the end of that day in UTC', 'UNTIL=20261105T235959Z', true],
  ['a moment before it starts', 'UNTIL=20261105T085900Z', false],
])('ends with UNTIL, given as %s', (_, until, isWithin) => {
  const days = nextDays(`FREQ=DAILY;${until}`, '2026-11-03', 9, false);
  expect(days).toEqual(['2026-11-03', '2026-11-04', ...(isWithin ? ['2026-11-05'] : [])]);
});

it('picks one of a set of days: the last working day, the second Tuesday or Thursday', () => {
  expect(nextDays('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-10-01', 3, false)).toEqual([
    '2026-10-30',
    '2026-11-30',
    '2026-12-31',
  ]);
  expect(nextDays('FREQ=MONTHLY;BYDAY=TU,TH;BYSETPOS=2', '2026-06-01', 2, false)).toEqual(['2026-06-04', '2026-07-07']);
});

const plain = { skipsHolidays: false, startTime: null };

it('proposes nothing, and does not search for ever, when no day comes in two years', () => {
  const begin = { from: '2027-06-01', until: null, held: 0, taken: new Set<string>(), count: 6, ...plain };
  expect(proposedDays({ rhythm: 'FREQ=YEARLY;INTERVAL=2;BYYEARDAY=366', anchor: '2027-01-01', ...begin })).toEqual([]);
  expect(proposedDays({ rhythm: 'FREQ=WEEKLY;UNTIL=20270531', anchor: '2027-05-03', ...begin })).toEqual([]);
});

it('keeps its weeks over the years since the last session', () => {
  const begin = { from: '2026-06-01', until: null, held: 0, taken: new Set<string>(), count: 2, ...plain };
  expect(proposedDays({ rhythm: 'FREQ=WEEKLY;INTERVAL=6;BYDAY=TH', anchor: '2024-01-04', ...begin })).toEqual([
    '2026-06-04',
    '2026-07-16',
  ]);
});

describe('a rhythm', () => {
  it.each([
    ['FREQ=WEEKLY;INTERVAL=6;BYDAY=TH', true],
    ['FREQ=MONTHLY;BYDAY=1TU;UNTIL=20991231', true],
    ['FREQ=MONTHLY;BYDAY=1TU;UNTIL=20991231T090000Z', true],
    ['FREQ=YEARLY;BYMONTH=1,9;BYDAY=-1MO', true],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', true],
    ['FREQ=YEARLY;BYWEEKNO=2,-1;BYDAY=TU', true],
    ['', false],
    ['elke dinsdag', false],
    ['BYDAY=TU', false],
    ['FREQ=HOURLY', false],
    ['FREQ=WEEKLY;FREQ=DAILY', false],
    ['FREQ=WEEKLY;INTERVAL=0', false],
    ['FREQ=WEEKLY;COLOUR=RED', false],
    ['FREQ=WEEKLY;BYDAY=XX', false],
    ['FREQ=WEEKLY\nDTSTART:20260101T100000', false],
    ['FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31', false],
    // The library ignores these, so the result would differ from the requested rhythm.
    ['FREQ=MONTHLY;BYMONTHDAY=32', false],
    ['FREQ=MONTHLY;BYMONTHDAY=0', false],
    ['FREQ=YEARLY;BYMONTH=13', false],
    ['FREQ=YEARLY;BYWEEKNO=54', false],
    ['FREQ=YEARLY;BYYEARDAY=367', false],
    ['FREQ=WEEKLY;BYDAY=2TU', false],
    ['FREQ=WEEKLY;BYMONTHDAY=2', false],
    ['FREQ=MONTHLY;BYWEEKNO=5', false],
    ['FREQ=MONTHLY;BYSETPOS=1', false],
    ['FREQ=WEEKLY;COUNT=3;UNTIL=20991231', false],
    ['FREQ=WEEKLY;UNTIL=20260231', false],
    ['FREQ=WEEKLY;UNTIL=20261231T250000Z', false],
  ] as const)('%s', (text, expected) => expect(isRhythm(text)).toBe(expected));
});

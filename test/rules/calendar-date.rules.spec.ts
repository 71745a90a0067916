import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Settings } from 'luxon';
import {
  addDays,
  dayOf,
  daysBetween,
  inDutch,
  isCalendarDate,
  isoWeekOf,
  isSkipped,
  momentOf,
  mondayOf,
  inShort,
  yearOf,
} from '../../src/platform/common/calendar-date.js';
import { Clock } from '../../src/platform/common/clock.js';

describe('a calendar date', () => {
  it.each(['2026-02-28', '2024-02-29', '2026-12-31'])('can be %s', (day) => expect(isCalendarDate(day)).toBe(true));
  it.each([
    '2026-02-30',
    '2026-02-29',
    '2026-13-01',
    '20260602',
    '2026-W23-2',
    '2026-06-02T10:00:00Z',
    '2026-6-2',
    '',
    null,
    20260602,
    '2026-06-02 ',
  ])('cannot be %j', (day) => expect(isCalendarDate(day)).toBe(false));
});

describe('today in Amsterdam', () => {
  it.each([
    ['2026-06-01T21:59:59Z', '2026-06-01'],
    ['2026-06-01T22:00:00Z', '2026-06-02'],
    ['2026-01-01T22:59:59Z', '2026-01-01'],
    ['2026-01-01T23:00:00Z', '2026-01-02'],
    ['2026-03-29T00:59:59Z', '2026-03-29'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
  ])('at %s is %s', (instant, day) => {
    expect(dayOf(instant)).toBe(day);
    expect(new Clock(instant).today()).toBe(day);
  });

  it('is at any moment the day that the clocks there show', () => {
    const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (moment) => {
          expect(dayOf(moment.toISOString())).toBe(shown.format(moment));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

it.each([
  ['2026-03-29', '01:59', false],
  ['2026-03-29', '02:30', true],
  ['2026-03-29', '03:00', false],
  ['2026-10-25', '02:30', false],
])('on %s the clock skips %s: %s', (day, time, isOne) => expect(isSkipped(day, time)).toBe(isOne));

it.each([
  ['2025-01-01', '2025-12-31', '2025'],
  ['2025-01-01', '2025-12-30', null],
  ['2025-01-02', '2025-12-31', null],
  ['2025-01-01', '2026-12-31', null],
])('from %s until %s is the year %s', (fromOn, untilOn, year) => expect(yearOf(fromOn, untilOn)).toBe(year));

describe('a date in a dense row', () => {
  it.each([
    ['2026-11-06', 'vr 6 nov'],
    ['2026-03-18', 'wo 18 mrt'],
    ['2026-05-01', 'vr 1 mei'],
    ['2027-01-15', 'vr 15 jan 2027'],
    ['2025-12-31', 'wo 31 dec 2025'],
  ])('%s reads %s in 2026', (day, words) => expect(inShort(day, '2026-06-02')).toBe(words));
});

describe('eight o’clock on Monday', () => {
  it.each([
    ['2026-03-23', '2026-03-23T07:00:00.000Z'],
    ['2026-03-30', '2026-03-30T06:00:00.000Z'],
    ['2025-10-20', '2025-10-20T06:00:00.000Z'],
    ['2025-10-27', '2025-10-27T07:00:00.000Z'],
  ])('%s is %s', (day, moment) => expect(momentOf(day, '08:00')).toBe(moment));
});

describe('the ISO week', () => {
  it.each([
    ['2026-12-27', 2026, 52],
    ['2026-12-28', 2026, 53],
    ['2027-01-03', 2026, 53],
    ['2027-01-04', 2027, 1],
    ['2025-12-29', 2026, 1],
  ])('of %s is that of %i, week %i', (day, year, week) => expect(isoWeekOf(day)).toEqual({ year, week }));

  it('begins on its Monday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (n) => {
        const day = addDays('2000-01-01', n);
        const distance = daysBetween(mondayOf(isoWeekOf(day)), day);
        return distance >= 0 && distance <= 6;
      }),
    );
  });
});

it('counts calendar days, also over a change of summer time', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  expect(addDays('2026-03-28', 1)).toBe('2026-03-29');
});

it('writes a date in Dutch', () => expect(inDutch('2026-06-02')).toBe('dinsdag 2 juni 2026'));

it('knows the day anew when the clock passes midnight, either way, also on the two odd days', () => {
  const clock = new Clock('2026-03-29T21:59:59.900Z');
  expect(clock.today()).toBe('2026-03-29');
  for (const [instant, day] of [
    ['2026-03-29T22:00:00Z', '2026-03-30'],
    ['2026-03-28T23:00:00Z', '2026-03-29'],
    ['2026-03-28T22:59:59Z', '2026-03-28'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
  ]) {
    clock.set(instant);
    expect(clock.today()).toBe(day);
  }
});

it.each(['2026-06-01', '2026-12-01'])(
  'reads a time that exists twice as the first, whether asked on %s or later',
  (asked) => {
    Settings.now = () => Date.parse(`${asked}T12:00:00Z`);
    try {
      // Another year each time: what was read once is remembered.
      const [day, first] = asked < '2026-10' ? ['2026-10-25', '2026-10-25T00:30'] : ['2027-10-31', '2027-10-31T00:30'];
      expect(momentOf(day, '02:30')).toBe(`${first}:00.000Z`);
    } finally {
      Settings.now = () => Date.now();
    }
  },
);

import { describe, expect, it } from '@jest/globals';
import { isWeek, mondayOf } from '../../src/platform/common/calendar-date.js';
import {
  dueAt,
  endOf,
  missedWeeks,
  nameOfWeek,
  reasonToSkip,
  weekDue,
} from '../../src/digests/digest-schedule.rules.js';

const SETTINGS = { DIGEST_WEEKDAY: 1, DIGEST_TIME: '08:00' };
const SKIPPED = new Set(['2026-W52', '2026-W53']);

describe('the moment of the digest', () => {
  it.each([
    ['the Monday before summer time ends', { year: 2025, week: 43 }, '2025-10-20T06:00:00.000Z'],
    ['Monday 27 October 2025, the first in winter time', { year: 2025, week: 44 }, '2025-10-27T07:00:00.000Z'],
    ['Monday 26 October 2026, the first in winter time', { year: 2026, week: 44 }, '2026-10-26T07:00:00.000Z'],
    ['Monday 23 March 2026, the last in winter time', { year: 2026, week: 13 }, '2026-03-23T07:00:00.000Z'],
    ['Monday 30 March 2026, the first in summer time', { year: 2026, week: 14 }, '2026-03-30T06:00:00.000Z'],
    ['week 53 of 2026', { year: 2026, week: 53 }, '2026-12-28T07:00:00.000Z'],
    ['week 1 of 2027, on 4 January', { year: 2027, week: 1 }, '2027-01-04T07:00:00.000Z'],
  ])('is 08:00 in Amsterdam: %s', (_, week, moment) => {
    expect(dueAt(week, SETTINGS)).toBe(moment);
  });

  it('follows the settings', () => {
    expect(dueAt({ year: 2026, week: 23 }, { ...SETTINGS, DIGEST_WEEKDAY: 3, DIGEST_TIME: '16:30' })).toBe(
      '2026-06-03T14:30:00.000Z',
    );
  });

  it('lies within its week, whose end is Monday 00:00 in Amsterdam', () => {
    expect(endOf({ year: 2026, week: 13 })).toBe('2026-03-29T22:00:00.000Z');
    expect(endOf({ year: 2026, week: 43 })).toBe('2026-10-25T23:00:00.000Z');
  });
});

describe('the week that is due', () => {
  it.each([
    ['a moment before 08:00 on Monday', '2026-06-01T05:59:59.999Z', null],
    ['08:00 on Monday', '2026-06-01T06:00:00.000Z', '2026-W23'],
    ['Tuesday, after an outage', '2026-06-02T09:00:00.000Z', '2026-W23'],
    ['the last second of Sunday', '2026-06-07T21:59:59.999Z', '2026-W23'],
    ['the first second of the next Monday', '2026-06-07T22:00:00.000Z', null],
    ['07:30 on the Monday after summer time ended', '2026-10-26T06:30:00.000Z', null],
    ['08:00 on the Monday after summer time ended', '2026-10-26T07:00:00.000Z', '2026-W44'],
    ['Sunday 3 January 2027, still week 53 of 2026', '2027-01-03T12:00:00.000Z', '2026-W53'],
    ['Monday 4 January 2027', '2027-01-04T07:00:00.000Z', '2027-W01'],
  ])('at %s', (_, now, expected) => {
    const week = weekDue(now, SETTINGS);
    expect(week && nameOfWeek(week)).toBe(expected);
  });
});

describe('missed weeks', () => {
  const names = (last: { year: number; week: number } | null, current: { year: number; week: number }) =>
    missedWeeks(last, current).map(nameOfWeek);

  it('are those between the last run and this week', () => {
    expect(names({ year: 2026, week: 51 }, { year: 2027, week: 2 })).toEqual(['2026-W52', '2026-W53', '2027-W01']);
  });
  it('are none in the week after, in the same week, with a clock set back, or before the first run', () => {
    expect(names({ year: 2026, week: 53 }, { year: 2027, week: 1 })).toEqual([]);
    expect(names({ year: 2026, week: 23 }, { year: 2026, week: 23 })).toEqual([]);
    expect(names({ year: 2026, week: 30 }, { year: 2026, week: 23 })).toEqual([]);
    expect(names(null, { year: 2026, week: 23 })).toEqual([]);
  });
  it('do not go on for ever when the clock jumps years ahead', () => {
    const missed = missedWeeks({ year: 2026, week: 1 }, { year: 2036, week: 1 });
    expect(missed).toHaveLength(60);
    expect(mondayOf(missed[59])).toBe('2035-12-24');
  });
});

it('knows the weeks that are set as weeks without digest', () => {
  expect(reasonToSkip({ year: 2026, week: 53 }, SETTINGS, SKIPPED, null)).toBe('set_without_digest');
  expect(reasonToSkip({ year: 2027, week: 1 }, SETTINGS, SKIPPED, null)).toBe(null);
  expect(reasonToSkip({ year: 2026, week: 23 }, SETTINGS, new Set(), null)).toBe(null);
  // Due at 06:00 UTC; the original of a restored copy may have sent what was due before its release.
  const released = (at: string) => reasonToSkip({ year: 2026, week: 23 }, SETTINGS, new Set(), `2026-06-01T${at}Z`);
  expect([released('05:59:59.999'), released('06:00:00.000')]).toEqual([null, 'released_later']);
});

it.each([
  ['2026-W53', true],
  ['2027-W53', false],
  ['2027-W52', true],
  ['2026-W00', false],
  ['2026-W01', true],
  ['2026-52', false],
])('%s names a week: %s', (name, isOne) => expect(isWeek(name)).toBe(isOne));

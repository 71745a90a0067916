import { describe, expect, it } from '@jest/globals';
import type { ActionStatus } from '../../src/actions/action.entity.js';
import { addDays } from '../../src/platform/common/calendar-date.js';
import {
  inOrder,
  inWords,
  longestOverdue,
  reasonFor,
  subjectFacts,
} from '../../src/actions/recipients/digest-lines.rules.js';
import { daysOverdue } from '../../src/actions/overdue.rules.js';

const TODAY = '2026-06-01';
const facts = (fields: Partial<Parameters<typeof reasonFor>[0]>) => ({
  status: 'open' as ActionStatus,
  resumeOn: null,
  dueOn: null,
  checkOn: null,
  ...fields,
});

describe('why an action is in the digest', () => {
  it.each([
    ['a deadline of yesterday', { dueOn: '2026-05-31' }, 'overdue'],
    ['a deadline of today: still in time', { dueOn: TODAY }, 'due_soon'],
    ['a deadline in seven days', { dueOn: '2026-06-08' }, 'due_soon'],
    ['a deadline in eight days', { dueOn: '2026-06-09' }, null],
    ['blocked and past its deadline', { status: 'blocked', dueOn: '2026-05-01' }, 'overdue'],
    ['in progress and past its deadline', { status: 'in_progress', dueOn: '2026-05-01' }, 'overdue'],
    ['done', { status: 'done', dueOn: '2026-05-01' }, null],
    ['cancelled', { status: 'cancelled', dueOn: '2026-05-01' }, null],
    ['on hold until tomorrow', { status: 'on_hold', resumeOn: '2026-06-02', dueOn: '2026-05-01' }, null],
    ['on hold until today: reads as open', { status: 'on_hold', resumeOn: TODAY, dueOn: '2026-05-01' }, 'overdue'],
    ['on hold without an end', { status: 'on_hold', dueOn: '2026-05-01' }, null],
    ['no date, check date yesterday', { checkOn: '2026-05-31' }, 'status_asked'],
    ['no date, check date today', { checkOn: TODAY }, null],
    ['no date and no check date', {}, null],
  ] as [string, object, string | null][])('%s', (_, fields, expected) => {
    expect(reasonFor(facts(fields), TODAY)).toBe(expected);
  });

  it.each([
    ['2026-03-28', '2026-03-30', 2],
    ['2026-10-24', '2026-10-26', 2],
    ['2026-12-31', '2027-01-04', 4],
  ])('counts whole days over the change of the clock and of the year: %s to %s', (dueOn, today, days) => {
    expect(daysOverdue(facts({ dueOn }), today)).toBe(days);
  });
});

const line = (areaName: string, dueOn: string | null, number: string) => ({ areaName, dueOn, number });

it('sorts by area, then deadline, then number', () => {
  const lines = [
    line('Zwammerdam', '2026-01-01', 'ZWA-1'),
    line('Boskoop', null, 'BOS-3'),
    line('Boskoop', '2026-05-02', 'BOS-10'),
    line('Boskoop', '2026-05-02', 'BOS-9'),
    line('Boskoop', '2026-05-01', 'BOS-11'),
  ];
  expect(inOrder(lines).map(({ number }) => number)).toEqual(['BOS-11', 'BOS-9', 'BOS-10', 'BOS-3', 'ZWA-1']);
});

describe('the 25 lines', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => line(n % 2 ? 'Boskoop' : 'Zwammerdam', addDays('2026-01-01', n), `N-${n}`));
  it('are all of 25', () => {
    const { shown, more } = longestOverdue(many(25));
    expect([shown.length, more]).toEqual([25, 0]);
  });
  it('are the longest overdue of 27, by area again, and two more', () => {
    const { shown, more } = longestOverdue(many(27).reverse());
    expect([shown.length, more]).toEqual([25, 2]);
    expect(shown.map(({ number }) => number)).not.toContain('N-26');
    expect(shown.map(({ number }) => number)).not.toContain('N-25');
    expect(shown[0]).toMatchObject({ areaName: 'Boskoop', number: 'N-1' });
    expect(shown.at(-1)).toMatchObject({ areaName: 'Zwammerdam', number: 'N-24' });
  });
});

describe('the subject', () => {
  it('says how many there are, and where those are that are not confidential', () => {
    const overdue = [
      { areaName: 'Zwammerdam', isConfidential: false },
      { areaName: 'Boskoop', isConfidential: false },
      { areaName: 'Boskoop', isConfidential: false },
      { areaName: 'Hoorn', isConfidential: true },
    ];
    expect(subjectFacts(overdue)).toEqual({ count: 4, places: 'Boskoop en Zwammerdam' });
    expect(subjectFacts([overdue[3]])).toEqual({ count: 1, places: '' });
  });
  it.each([
    [['Boskoop'], 'Boskoop'],
    [['A', 'B', 'C'], 'A, B en C'],
    [['A', 'B', 'C', 'D', 'E'], 'A, B en 3 andere gebieden'],
    [[], ''],
  ])('names %j as "%s"', (places, words) => {
    expect(inWords(places)).toBe(words);
  });
});

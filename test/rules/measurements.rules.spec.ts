import { describe, expect, it } from '@jest/globals';
import { dueMeasurement, measurementViolations } from '../../src/goals/measurements.rules.js';

const GOAL = {
  state: 'active',
  metric: null,
  courseKind: 'line',
  direction: 'up',
  baseline: 40,
  baselinePlannedOn: null,
  target: 80,
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
} as const;
const measured = (measuredOn: string, value = 60) => ({ measuredOn, value });

describe('a measurement', () => {
  it.each([
    ['2025-12-31', ['measuredOn']],
    ['2026-01-01', []],
    ['2026-07-02', []],
    ['2026-07-03', ['measuredOn']],
  ])('is from the first day of the goal to today: %s', (measuredOn, fields) => {
    const found = measurementViolations({ unit: 'keer', startsOn: '2026-01-01' }, { measuredOn }, '2026-07-02');
    expect(found.map(({ field }) => field)).toEqual(fields);
  });
});

describe('what is still to be measured', () => {
  it('is nothing while a goal runs, however long ago it was measured', () => {
    expect(dueMeasurement(GOAL, null, '2026-12-31')).toBeNull();
    expect(dueMeasurement({ ...GOAL, endsOn: null }, null, '2030-01-01')).toBeNull();
  });

  it.each([
    ['2026-11-30', 'final'],
    ['2026-12-01', null],
    ['2027-01-20', null],
  ])('of a line last measured on %s is %s after its end', (day, due) => {
    expect(dueMeasurement(GOAL, measured(day), '2027-01-31')).toBe(due);
  });

  it('is how it ended if it was never measured, but for drafts and what is counted from own data', () => {
    expect(dueMeasurement(GOAL, null, '2027-01-01')).toBe('final');
    expect(dueMeasurement({ ...GOAL, state: 'draft' }, null, '2027-01-01')).toBeNull();
    expect(dueMeasurement({ ...GOAL, metric: { kind: 'attendance' } }, null, '2027-01-01')).toBeNull();
  });

  it('is nothing after a survey or a milestone that was reached, whenever that was', () => {
    expect(dueMeasurement({ ...GOAL, courseKind: 'at_end' }, measured('2026-03-01'), '2027-01-01')).toBeNull();
    const milestone = { ...GOAL, courseKind: 'milestone' } as const;
    expect(dueMeasurement(milestone, measured('2026-03-01', 80), '2027-01-01')).toBeNull();
    expect(dueMeasurement(milestone, measured('2026-03-01', 79), '2027-01-01')).toBe('final');
  });

  it('is the nulmeting from the day after the one agreed for it, and no longer once the goal has ended', () => {
    const promised = { ...GOAL, baseline: null, baselinePlannedOn: '2026-03-01' };
    expect(dueMeasurement(promised, null, '2026-03-01')).toBeNull();
    expect(dueMeasurement(promised, null, '2026-03-02')).toBe('baseline');
    expect(dueMeasurement({ ...promised, baseline: 0 }, null, '2026-03-02')).toBeNull();
    expect(dueMeasurement({ ...promised, state: 'draft' }, null, '2026-03-02')).toBeNull();
    expect(dueMeasurement(promised, null, '2027-01-01')).toBe('final');
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween } from '../../src/platform/common/calendar-date.js';
import {
  type CourseGoal,
  expectedValue,
  explanationViolations,
  isReached,
  lastMeasurement,
  mayDecide,
  progressOf,
  proposedCourse,
} from '../../src/goals/course.rules.js';
import { trendOf, trendSentence } from '../../src/goals/pages/goal-trend.rules.js';
import type { Course } from '../../src/goals/goal-course.entity.js';

const LINE: CourseGoal = {
  courseKind: 'line',
  direction: 'up',
  baseline: 0,
  target: 100,
  startsOn: '2026-01-01',
  endsOn: '2026-04-11',
};
const DOWN: CourseGoal = { ...LINE, direction: 'down', baseline: 100, target: 0 };
const propose = (goal: CourseGoal, value: number | null, measuredOn = '2026-02-20', today = '2026-06-02') =>
  proposedCourse(goal, value === null ? null : { value, measuredOn }, today).course;

describe('the course on a line', () => {
  // Halfway, on 20 February, 50 is expected.
  it.each<[number, Course]>([
    [50, 'green'],
    [45, 'green'],
    [44.9, 'orange'],
    [30, 'orange'],
    [29.9, 'red'],
    [0, 'red'],
    [-10, 'red'],
    [120, 'green'],
  ])('halfway at %d is %s', (value, course) => {
    expect(propose(LINE, value)).toBe(course);
    expect(propose(DOWN, 100 - value)).toBe(course);
  });

  it('compares with the line on the day of measuring, not with today', () => {
    expect(propose(LINE, 45, '2026-02-20', '2026-04-10')).toBe('green');
  });

  it('is not fooled by fractions: 0.27 of 0.3 is ninety per cent', () => {
    expect(propose({ ...LINE, target: 0.3 }, 0.27, '2026-04-11')).toBe('green');
  });

  it.each<[string, CourseGoal, number | null, string]>([
    ['before the start', LINE, 50, '2025-12-31'],
    ['without a baseline', { ...LINE, baseline: null }, 50, '2026-06-02'],
    ['without a measurement', LINE, null, '2026-06-02'],
    ['without dates', { ...LINE, startsOn: null, endsOn: null }, 50, '2026-06-02'],
    ['without a target', { ...LINE, target: null }, 50, '2026-06-02'],
  ])('is grey %s', (_, goal, value, today) => expect(propose(goal, value, '2026-02-20', today)).toBe('grey'));

  it('has a colour from the first day on, and expects nothing yet of what was measured before', () => {
    expect(propose(LINE, 0, '2026-01-01', '2026-01-01')).toBe('green');
    expect(mayDecide({ ...LINE, courseKind: 'milestone' }, 'orange', 'grey', '2026-01-01')).toBe(true);
    expect(
      expectedValue({ baseline: 10, target: 20, startsOn: '2026-01-01', endsOn: '2026-01-11' }, '2025-12-31'),
    ).toBe(10);
  });

  it('equals the baseline at the start and the target at the end', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.integer({ min: 1, max: 2000 }), fc.nat(2000), (baseline, target, length, at) => {
        const goal = { baseline, target, startsOn: '2026-01-01', endsOn: addDays('2026-01-01', length) };
        expect(expectedValue(goal, goal.startsOn)).toBe(baseline);
        expect(expectedValue(goal, goal.endsOn)).toBe(target);
        const between = expectedValue(goal, addDays(goal.startsOn, at));
        expect(between).toBeGreaterThanOrEqual(Math.min(baseline, target) - 1e-6);
        expect(between).toBeLessThanOrEqual(Math.max(baseline, target) + 1e-6);
      }),
    );
  });

  it('never gets worse by a better measurement', () => {
    const rank: Record<Course, number> = { grey: -1, red: 0, orange: 1, green: 2 };
    const value = fc.integer({ min: -200, max: 300 });
    fc.assert(
      fc.property(value, value, fc.nat(daysBetween('2026-01-01', '2026-06-01')), (one, other, at) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const day = addDays('2026-01-01', at);
        expect(rank[propose(LINE, more, day)]).toBeGreaterThanOrEqual(rank[propose(LINE, less, day)]);
      }),
    );
  });
});

describe('a milestone', () => {
  const MILESTONE: CourseGoal = { ...LINE, courseKind: 'milestone', baseline: null, target: 1 };
  it.each<[string, number | null, string, string, Course]>([
    ['reached before its date', 1, '2026-04-01', '2026-06-02', 'green'],
    ['reached on its date', 1, '2026-04-11', '2026-06-02', 'green'],
    ['reached after its date', 1, '2026-04-12', '2026-06-02', 'orange'],
    ['not reached and its date is over', 0, '2026-04-01', '2026-04-12', 'red'],
    ['never measured and its date is over', null, '', '2026-04-12', 'red'],
    ['not reached yet on the day itself', 0, '2026-04-01', '2026-04-11', 'grey'],
    ['never measured, not over', null, '', '2026-03-01', 'grey'],
  ])('%s', (_, value, on, today, course) => expect(propose(MILESTONE, value, on, today)).toBe(course));

  it('may be judged along the way, from its start', () => {
    expect(mayDecide(MILESTONE, 'orange', 'grey', '2026-03-01')).toBe(true);
    expect(mayDecide(MILESTONE, 'orange', 'grey', '2025-12-31')).toBe(false);
  });
});

describe('a goal that is measured at the end', () => {
  const AT_END: CourseGoal = { ...LINE, courseKind: 'at_end', baseline: null, target: 7.5 };
  it.each<[number | null, Course]>([
    [null, 'grey'],
    [7.5, 'green'],
    [7.4, 'red'],
  ])('with %p is %s', (value, course) => expect(propose(AT_END, value)).toBe(course));

  it('that is to go down is reached by the target itself', () => {
    const down: CourseGoal = { ...AT_END, direction: 'down' };
    expect([7.6, 7.5, 7.4].map((value) => propose(down, value))).toEqual(['red', 'green', 'green']);
  });
});

describe('the decision', () => {
  it.each<Course>(['orange', 'red'])('%s needs cause, consequence and measure', (course) => {
    expect(explanationViolations({ course, cause: 'ziekte' }).map(({ field }) => field)).toEqual([
      'consequence',
      'measure',
    ]);
    expect(explanationViolations({ course, cause: 'a', consequence: 'b', measure: 'c' })).toEqual([]);
  });
  it.each<Course>(['green', 'grey'])('%s needs none', (course) =>
    expect(explanationViolations({ course })).toEqual([]),
  );

  it('has no colour for what is not measured', () => {
    expect(mayDecide(LINE, 'green', 'grey', '2026-06-02')).toBe(false);
    expect(mayDecide(LINE, 'grey', 'grey', '2026-06-02')).toBe(true);
    expect(mayDecide(LINE, 'red', 'green', '2026-06-02')).toBe(true);
  });
});

describe('measurements', () => {
  const day = fc.nat(3000).map((n) => addDays('2020-01-01', n));
  const measurements = fc.uniqueArray(fc.record({ measuredOn: day, value: fc.integer() }), {
    selector: ({ measuredOn }) => measuredOn,
  });

  it('give the same last one and the same course in whatever order they were entered', () => {
    fc.assert(
      fc.property(
        measurements.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          const last = lastMeasurement(list);
          expect(lastMeasurement(shuffled)).toEqual(last);
          expect(proposedCourse(LINE, lastMeasurement(shuffled), '2026-06-02')).toEqual(
            proposedCourse(LINE, last, '2026-06-02'),
          );
        },
      ),
    );
  });

  it('of one day: the first counts, which is the one that was typed', () => {
    const [typed, own] = [1, 2].map((value) => ({ measuredOn: '2026-02-01', value }));
    expect(lastMeasurement([typed, own])).toBe(typed);
  });

  it('that are not there give no progress: not 0, not 100', () => {
    expect(progressOf(LINE, null)).toBeNull();
    expect(isReached(LINE, null)).toBeNull();
    expect(progressOf({ ...LINE, baseline: null }, { measuredOn: '2026-02-01', value: 3 })).toBeNull();
    expect(progressOf({ ...LINE, baseline: 100 }, { measuredOn: '2026-02-01', value: 3 })).toBeNull();
  });

  it.each([
    [LINE, 0, 0],
    [LINE, 49.5, 50],
    [LINE, 100, 100],
    [LINE, 130, 100],
    [LINE, -5, 0],
    [DOWN, 75, 25],
    [{ ...LINE, target: 1000 }, 994.9, 99],
  ])('%# give progress from 0 to 100', (goal, value, progress) => {
    expect(progressOf(goal, { measuredOn: '2026-02-01', value })).toBe(progress);
  });
});

describe('the trend of a goal', () => {
  const GOAL = { ...LINE, unit: 'meldingen', baselineOn: '2025-12-15' };
  const MEASURED = [
    { measuredOn: '2026-06-01', value: 40 },
    { measuredOn: '2026-03-01', value: 12.5 },
  ];

  it('is a line through its baseline and measurements in order, beside the straight one', () => {
    const { svg } = trendOf(GOAL, MEASURED)!;
    const [, points] = /<polyline points="([^"]+)"/.exec(svg)!;
    const xs = points.split(' ').map((point) => Number(point.split(',')[0]));
    expect(xs).toHaveLength(3);
    expect(xs).toEqual([...xs].sort((one, other) => one - other));
    expect(svg.match(/<circle/g)).toHaveLength(3);
    expect(svg).toContain('stroke-dasharray="8 5"');
  });

  it('is not drawn without a period, a target, or anything measured', () => {
    expect(trendOf({ ...GOAL, endsOn: null }, MEASURED)).toBeNull();
    expect(trendOf({ ...GOAL, target: null }, MEASURED)).toBeNull();
    expect(trendOf({ ...GOAL, baseline: null }, [])).toBeNull();
  });

  it('has finite coordinates when every value is the same, and escapes what was typed', () => {
    const { svg } = trendOf({ ...GOAL, baseline: 100, unit: '<b>' }, [{ measuredOn: '2026-06-01', value: 100 }])!;
    expect(svg).not.toMatch(/NaN|Infinity|<b>/);
  });

  it.each([
    [79, 80, 30, 1],
    [0, 100, 30, 2],
    [80, 80, 30, 1],
  ])('writes the baseline %d beside the target %d only if both can be read', (baseline, target, value, count) => {
    const { svg } = trendOf({ ...GOAL, baseline, target }, [{ measuredOn: '2026-06-01', value }])!;
    expect(svg.match(/<text[^>]*text-anchor="end"[^>]*>\d+</g)).toHaveLength(count);
  });

  it('says the last measurement, and that nothing was measured', () => {
    expect(trendSentence(GOAL, MEASURED)).toMatch(/^Van 0 meldingen naar 40 meldingen op maandag 1 juni 2026; op de/);
    const share = { ...GOAL, unit: '%' };
    expect(trendSentence(share, [{ measuredOn: '2026-06-01', value: 40 }])).toMatch(
      /^Van 0% naar 40% op [^;]+; op de rechte lijn was dat \d+%\. De streefwaarde is 100% op/,
    );
    expect(trendSentence(GOAL, [])).toMatch(/^Er is nog niet gemeten\. De streefwaarde is 100 meldingen op/);
  });
});

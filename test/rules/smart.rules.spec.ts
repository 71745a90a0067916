import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { goalViolations, isSmart, type Letter, smartCheck, type SmartGoal } from '../../src/goals/smart.rules.js';

const COMPLETE: SmartGoal = {
  title: 'Verslag binnen veertien dagen',
  description: 'Elk verslag van het professionaloverleg gaat binnen veertien dagen naar de deelnemers.',
  endResult: 'Iedereen weet op tijd wat er is afgesproken.',
  indicator: 'verslagen die binnen veertien dagen zijn verstuurd',
  unit: 'procent',
  target: 90,
  direction: 'up',
  source: 'verzenddatum',
  metric: null,
  baseline: 40,
  baselineOn: '2026-01-06',
  baselinePlannedOn: null,
  peopleAsked: null,
  peopleAnswered: null,
  peopleInFavour: null,
  framework: 'Kadernota wijk- en kerngericht werken',
  budget: null,
  budgetCeiling: null,
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  courseKind: 'line',
};
const AGREED = { agreed: 2, disagreed: 1 };

function failing(changes: Partial<SmartGoal>) {
  return smartCheck({ ...COMPLETE, ...changes }, AGREED)
    .filter(({ holds }) => !holds)
    .map(({ letter, fillIn }) => [letter, fillIn.map(({ field }) => field)]);
}

describe('the five letters', () => {
  it('hold for a goal in which everything is said', () => {
    const checks = smartCheck(COMPLETE, AGREED);
    expect(isSmart(checks)).toBe(true);
    expect(checks.map(({ letter }) => letter).join('')).toBe('SMART');
    expect(checks.every(({ reason, fillIn }) => reason !== '' && fillIn.length === 0)).toBe(true);
  });

  it.each<[string, Partial<SmartGoal>, Letter, string[]]>([
    ['a description', { description: null }, 'S', ['description']],
    ['an end result', { endResult: null }, 'S', ['endResult']],
    ['an indicator', { indicator: null }, 'M', ['indicator']],
    ['a unit', { unit: null }, 'M', ['unit']],
    ['a target', { target: null }, 'M', ['target']],
    ['a direction', { direction: null }, 'M', ['direction']],
    ['a source', { source: null }, 'M', ['source']],
    ['a baseline or the day of it', { baseline: null, baselineOn: null }, 'M', ['baseline']],
    ['a framework', { framework: null }, 'R', ['framework']],
    ['a ceiling when money is involved', { budget: 5000 }, 'R', ['budgetCeiling']],
    ['a start', { startsOn: null }, 'T', ['startsOn']],
    ['an end', { endsOn: null }, 'T', ['endsOn']],
    ['how many answered, when people were asked', { peopleAsked: 106 }, 'A', ['peopleAnswered']],
    ['how many are in favour', { peopleAsked: 106, peopleAnswered: 78 }, 'A', ['peopleInFavour']],
    ['more than half of them', { peopleAsked: 106, peopleAnswered: 78, peopleInFavour: 39 }, 'A', ['peopleInFavour']],
  ])('ask for %s', (_, changes, letter, fields) => {
    expect(failing(changes)).toEqual([[letter, fields]]);
  });

  it.each<[string, Partial<SmartGoal>]>([
    [
      'a planned nulmeting in the place of a baseline',
      { baseline: null, baselineOn: null, baselinePlannedOn: '2026-03-01' },
    ],
    ['our own figures in the place of a source', { source: null, metric: { kind: 'minutes_sent', days: 14 } }],
    ['a budget at its ceiling', { budget: 5000, budgetCeiling: 5000 }],
    ['one more than half', { peopleAsked: 106, peopleAnswered: 78, peopleInFavour: 40 }],
  ])('are content with %s', (_, changes) => expect(failing(changes)).toEqual([]));

  it.each([
    [0, 0, false],
    [1, 0, true],
    [1, 1, false],
    [2, 1, true],
    [0, 1, false],
  ])('with %i parties for and %i against, A is %s', (agreed, disagreed, holds) => {
    const check = smartCheck(COMPLETE, { agreed, disagreed }).find(({ letter }) => letter === 'A')!;
    expect(check.holds).toBe(holds);
  });

  it('say in Dutch how many were asked', () => {
    const goal = { ...COMPLETE, peopleAsked: 106, peopleAnswered: 78, peopleInFavour: 60 };
    expect(smartCheck(goal, AGREED)[2].reason).toBe(
      '2 van de 3 partijen die antwoordden stemmen in. Van de 106 gevraagde mensen antwoordden er 78; 60 daarvan zijn voor.',
    );
  });

  it('hold exactly when there is nothing left to fill in', () => {
    const anything = fc.record(
      Object.fromEntries(Object.entries(COMPLETE).map(([name, value]) => [name, fc.constantFrom(value, null)])),
    );
    fc.assert(
      fc.property(anything, fc.nat(5), fc.nat(5), (goal, agreed, disagreed) => {
        for (const { holds, reason, fillIn } of smartCheck(goal as unknown as SmartGoal, { agreed, disagreed })) {
          expect(holds).toBe(fillIn.length === 0);
          expect(reason.length).toBeGreaterThan(10);
        }
      }),
    );
  });
});

describe('what is wrong even in a draft', () => {
  it.each<[string, Partial<SmartGoal>, Letter, string]>([
    ['a target equal to the baseline', { target: 40 }, 'M', 'target'],
    ['a target on the wrong side of the baseline', { target: 30 }, 'M', 'direction'],
    ['a target without a unit', { unit: null }, 'M', 'unit'],
    ['a day of measuring without its baseline', { baseline: null }, 'M', 'baseline'],
    ['an end before the start', { endsOn: '2025-12-31' }, 'T', 'endsOn'],
    ['an end on the start', { endsOn: '2026-01-01' }, 'T', 'endsOn'],
    ['a nulmeting at the end', { baselinePlannedOn: '2026-12-31' }, 'T', 'baselinePlannedOn'],
    ['a budget above its ceiling', { budget: 5000.01, budgetCeiling: 5000 }, 'R', 'budget'],
    ['more answers than people asked', { peopleAsked: 10, peopleAnswered: 11 }, 'A', 'peopleAnswered'],
    ['more in favour than answers', { peopleAsked: 10, peopleAnswered: 5, peopleInFavour: 6 }, 'A', 'peopleInFavour'],
  ])('is %s', (_, changes, letter, field) => {
    expect(goalViolations({ ...COMPLETE, ...changes })).toMatchObject([{ letter, field }]);
  });

  it('is nothing in a draft with only a title', () => {
    const empty = Object.fromEntries(Object.keys(COMPLETE).map((name) => [name, null])) as unknown as SmartGoal;
    expect(goalViolations({ ...empty, title: 'Richting', courseKind: 'line' })).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Cell,
  COUNTS,
  type Counts,
  median,
  percentage,
  perArea,
  perKind,
  perOpgave,
  perOrganisation,
  perSide,
  perTheme,
  showableKinds,
  sumOf,
  totalOf,
} from '../../src/wijkagenda/figures/figures.rules.js';
import { perQuarter, quarterOf } from '../../src/wijkagenda/figures/quarters.rules.js';

describe('a percentage', () => {
  it.each([
    [0, 3, 0],
    [1, 3, 33],
    [2, 3, 67],
    [1, 8, 13],
    [1, 200, 1],
    [1, 201, 0],
    [199, 200, 100],
    [3, 3, 100],
  ])('of %i out of %i is %i', (part, whole, expected) => {
    expect(percentage(part, whole)).toBe(expected);
  });

  it('of nothing is no percentage', () => {
    expect(percentage(0, 0)).toBeNull();
  });

  it('is a whole number from 0 to 100, and never more than half away', () => {
    const pair = fc.integer({ min: 1, max: 1_000_000 }).chain((whole) => fc.tuple(fc.nat(whole), fc.constant(whole)));
    fc.assert(
      fc.property(pair, ([part, whole]) => {
        const result = percentage(part, whole)!;
        expect(Number.isInteger(result) && result >= 0 && result <= 100).toBe(true);
        const exact = (part / whole) * 100;
        expect(result - exact).toBeLessThanOrEqual(0.5);
        expect(exact - result).toBeLessThan(0.5);
      }),
    );
  });
});

describe('a median', () => {
  it.each<[string, [number, number][], number | null]>([
    ['of nothing', [], null],
    ['of one', [[7, 1]], 7],
    [
      'of two is their mean',
      [
        [1, 1],
        [4, 1],
      ],
      2.5,
    ],
    [
      'of an odd number is the middle one',
      [
        [9, 1],
        [1, 1],
        [4, 1],
      ],
      4,
    ],
    [
      'counts how often each is there',
      [
        [1, 3],
        [100, 2],
      ],
      1,
    ],
    [
      'of an even number lies between the middle two',
      [
        [1, 2],
        [3, 2],
      ],
      2,
    ],
  ])('%s', (_, pairs, expected) => {
    expect(median(pairs.map(([value, count]) => ({ value, count })))).toBe(expected);
  });

  it('equals the middle of the sorted list', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 30 }), (values) => {
        const sorted = values.toSorted((one, other) => one - other);
        const expected = (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
        expect(median(values.map((value) => ({ value, count: 1 })))).toBe(expected);
      }),
    );
  });
});

describe('quarters', () => {
  it.each([
    ['2026-01-01', '2026-Q1'],
    ['2026-03-31', '2026-Q1'],
    ['2026-04-01', '2026-Q2'],
    ['2026-09-30', '2026-Q3'],
    ['2026-12-31', '2026-Q4'],
  ])('%s lies in %s', (day, quarter) => {
    expect(quarterOf(day)).toBe(quarter);
  });

  it('are all there, also across a turn of the year and when nothing was done', () => {
    expect(perQuarter('2025-11-15', '2026-04-01', [{ day: '2026-01-01', count: 2 }])).toEqual([
      { quarter: '2025-Q4', done: 0 },
      { quarter: '2026-Q1', done: 2 },
      { quarter: '2026-Q2', done: 0 },
    ]);
  });
});

const NOTHING = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Counts;
const KINDS = ['municipality', 'police', 'housing', 'residents'];
const owner = fc.option(fc.nat(9)).map((n) => ({
  organisationId: n === null ? null : `id-${n}`,
  organisationName: n === null ? null : `Organisatie ${n}`,
  organisationKind: n === null ? null : KINDS[n % KINDS.length],
}));
const cell: fc.Arbitrary<Cell> = fc
  .tuple(
    fc.option(fc.constantFrom('mobiliteit', 'participatie')),
    owner,
    fc.array(fc.nat(50), { minLength: COUNTS.length, maxLength: COUNTS.length }),
  )
  .map(([theme, of, numbers]) => ({
    areaId: `area-${numbers[0] % 3}`,
    theme,
    opgaveId: numbers[1] % 3 === 0 ? `opgave-${numbers[1] % 2}` : null,
    opgaveTitle: numbers[1] % 3 === 0 ? `Opgave ${numbers[1] % 2}` : null,
    ...of,
    ...(Object.fromEntries(COUNTS.map((name, index) => [name, numbers[index]])) as Counts),
  }));

describe('groups of actions', () => {
  it('add up to the total, however they are grouped', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 40 }), (cells) => {
        const total = sumOf(cells);
        expect(sumOf(perTheme(cells))).toEqual(total);
        expect(sumOf(perOrganisation(cells))).toEqual(total);
        expect(sumOf(perSide(cells))).toEqual(total);
        const serving = cells.filter(({ opgaveId }) => opgaveId !== null);
        expect(sumOf(perOpgave(cells))).toEqual(sumOf(serving));
        const areas = [2, 0, 1].map((n) => ({ id: `area-${n}`, name: `Wijk ${n}` }));
        expect(sumOf(perArea(cells, areas))).toEqual(total);
        const unowned = cells.filter(({ organisationId }) => organisationId === null);
        expect(sumOf([...perKind(cells), sumOf(unowned)])).toEqual(total);
      }),
    );
  });

  it('have shares of nothing that are n.v.t., not 0 and not NaN', () => {
    expect(totalOf([])).toMatchObject({
      agreed: 0,
      realisedShare: null,
      realisedShareLessCancelled: null,
      onTimeShare: null,
      onTimeOriginalShare: null,
    });
  });

  it('have no share less cancelled when everything was cancelled', () => {
    const all: Cell = {
      ...NOTHING,
      agreed: 2,
      notRealised: 2,
      areaId: 'area',
      theme: null,
      organisationId: null,
      organisationName: null,
      organisationKind: null,
      opgaveId: null,
      opgaveTitle: null,
    };
    expect(totalOf([all])).toMatchObject({ realisedShare: 0, realisedShareLessCancelled: null });
  });
});

describe('kinds of organisations that may be shown', () => {
  const kinds = (...sizes: [string, number][]) => sizes.map(([kind, organisations]) => ({ kind, organisations }));
  it.each<[string, [string, number][], string[]]>([
    ['three or more', [['residents', 3]], ['residents']],
    ['not one of two', [['police', 2]], []],
    [
      'three when three are left out',
      [
        ['residents', 3],
        ['police', 1],
        ['housing', 2],
      ],
      ['residents'],
    ],
    [
      'not when one could subtract the one left out',
      [
        ['residents', 3],
        ['police', 1],
      ],
      [],
    ],
    [
      'the largest when the smallest must cover for one',
      [
        ['residents', 5],
        ['welfare', 3],
        ['police', 1],
      ],
      ['residents'],
    ],
    [
      'none when two departments would be left over',
      [
        ['municipality', 2],
        ['residents', 3],
      ],
      [],
    ],
    [
      'all when nothing is left out',
      [
        ['municipality', 4],
        ['residents', 3],
        ['housing', 3],
      ],
      ['municipality', 'residents', 'housing'],
    ],
  ])('%s', (_, sizes, expected) => {
    expect(showableKinds(kinds(...sizes)).map(({ kind }) => kind)).toEqual(expected);
  });
});

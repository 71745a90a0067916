import { describe, expect, it } from '@jest/globals';
import { aliasesAfter, cutOn, uncovered, withMerged } from '../../src/administration/mergers/mergers.rules.js';
import type { Period } from '../../src/directory/people/periods.rules.js';

const period = (fromOn: string, untilOn: string | null = null): Period => ({ fromOn, untilOn });
const JUNE = period('2026-06-01', '2026-06-30');

describe('the days that nothing else covers', () => {
  it.each<[string, Period, Period[], Period[]]>([
    ['are all of them when there is nothing else', JUNE, [], [JUNE]],
    ['are none when it is covered', JUNE, [period('2026-01-01')], []],
    [
      'are none when it is covered by two that follow on each other',
      JUNE,
      [period('2026-06-15'), period('2026-05-01', '2026-06-14')],
      [],
    ],
    ['begin after what ends in it', JUNE, [period('2026-01-01', '2026-06-10')], [period('2026-06-11', '2026-06-30')]],
    [
      'begin after its first day when only that is covered',
      JUNE,
      [period('2026-05-01', '2026-06-01')],
      [period('2026-06-02', '2026-06-30')],
    ],
    [
      'are the last one when only that is left',
      JUNE,
      [period('2026-05-01', '2026-06-29')],
      [period('2026-06-30', '2026-06-30')],
    ],
    ['end before what begins in it', JUNE, [period('2026-06-20')], [period('2026-06-01', '2026-06-19')]],
    [
      'lie on both sides of what lies in it',
      period('2026-06-01'),
      [period('2026-06-10', '2026-06-12')],
      [period('2026-06-01', '2026-06-09'), period('2026-06-13')],
    ],
    ['do not mind what never was', JUNE, [period('2026-06-10', '2026-06-09')], [JUNE]],
    ['do not mind what was over before', JUNE, [period('2026-01-01', '2026-05-31')], [JUNE]],
    [
      'are few when two lie over each other',
      JUNE,
      [period('2026-06-01', '2026-06-20'), period('2026-06-05', '2026-06-08')],
      [period('2026-06-21', '2026-06-30')],
    ],
  ])('%s', (_, whole, others, left) => {
    expect(uncovered(whole, others)).toEqual(left);
  });
});

describe('a period that is cut on a day', () => {
  it.each<[string, Period, string, string | null]>([
    ['ends the day before and goes on', period('2026-01-01'), '2026-06-01', '2026-06-02'],
    ['never was when it begins that day', period('2026-06-02'), '2026-06-01', '2026-06-02'],
    ['never was when it begins later, and goes on from then', period('2026-07-01'), '2026-06-30', '2026-07-01'],
  ])('%s', (_, whole, untilOn, fromOn) => {
    const { before, after } = cutOn(whole, '2026-06-02');
    expect([before.untilOn, after.fromOn]).toEqual([untilOn, fromOn]);
  });
});

describe('the names after a merger', () => {
  it('are the own ones, the old name and its other names, each once whatever the capitals', () => {
    const into = { name: 'Woonpartners', aliases: ['wopa', 'Trifolium'] };
    const merged = { name: 'Habeko Wonen', aliases: ['habeko', 'WOPA', 'woonpartners', 'Habeko'] };
    expect(aliasesAfter(into, merged)).toEqual(['wopa', 'Trifolium', 'Habeko Wonen', 'habeko']);
  });
});

it('puts the other organisation in the place of the one that was merged, each once', () => {
  expect(withMerged(['a', 'old', 'b'], 'old', 'new')).toEqual(['a', 'new', 'b']);
  expect(withMerged(['new', 'old'], 'old', 'new')).toEqual(['new']);
});

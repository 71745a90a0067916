import { describe, expect, it } from '@jest/globals';
import { byTheme, labelOf, reasonToGoOn, warningsOf } from '../../src/wijkagenda/wijkagenda.rules.js';

it.each([
  [0, 0],
  [4, 0],
  [5, 1],
])('%i goals give %i warnings', (count, warnings) => expect(warningsOf(count)).toHaveLength(warnings));

describe('a goal goes on in the new year', () => {
  const goal = {
    state: 'active',
    courseKind: 'line',
    direction: 'up',
    baseline: 0,
    target: 10,
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
  } as const;
  const measured = (value: number) => ({ measuredOn: '2026-12-01', value });
  it.each([
    ['as a draft', { ...goal, state: 'draft' }, measured(10), 'Nog niet meetbaar.'],
    ['when it was not reached', goal, measured(9.9), 'Streefwaarde niet gehaald.'],
    ['when it was not measured', goal, null, 'Niet gemeten.'],
    ['when it runs on', { ...goal, endsOn: '2027-01-01' }, measured(10), 'Loopt door.'],
    ['not when it was reached', goal, measured(10), null],
    ['not when it was reached downwards', { ...goal, direction: 'down' }, measured(9), null],
  ] as const)('%s', (_, one, last, reason) => expect(reasonToGoOn(one, last, 2027)).toBe(reason));
});

it('is called what the setting says for the kind of area', () => {
  expect(labelOf('kern=Dorpsagenda;wijk=Uitvoeringsagenda', 'kern')).toBe('Dorpsagenda');
  expect(labelOf('kern=Dorpsagenda', 'wijk')).toBe('Wijkagenda');
  expect(labelOf('', 'kern')).toBe('Wijkagenda');
});

it('orders by the themes of the agenda, then other themes, then what has none', () => {
  const of = (theme: string | null) => ({ theme });
  const groups = byTheme(['b', 'leeg', 'a'], [of(null), of('z'), of('a'), of('b'), of('a')]);
  expect(groups.map(({ theme, items }) => [theme, items.length])).toEqual([
    ['b', 1],
    ['a', 2],
    ['z', 1],
    ['overig', 1],
  ]);
});

import { expect, it } from '@jest/globals';
import type { AreaKind } from '../../src/directory/areas/area.entity.js';
import { changeWords, worstOf } from '../../src/wijkagenda/koersoverzicht/course-counts.rules.js';

type Row = [areaId: string, kind: AreaKind, parentId: string | null, counts: [overdue: number, open: number]];
const worst = (...areas: Row[]): string[] =>
  worstOf(
    areas.map(([areaId, kind, parentId]) => ({ areaId, areaName: areaId, kind, parentId })),
    areas.map(([areaId, , , [overdue, open]]) => {
      const owner = { ownerId: null, ownerName: null, ownerKind: null };
      return { areaId, areaName: areaId, ...owner, open, overdue, blocked: 0 };
    }),
  ).map(({ areaName, overdue, open }) => `${areaName} ${overdue}/${open}`);

it.each<[string, Row[], string[]]>([
  [
    'the largest share first, at most three, and none without late actions',
    [
      ['A', 'kern', null, [1, 5]],
      ['B', 'kern', null, [4, 5]],
      ['C', 'kern', null, [0, 9]],
      ['D', 'wijk', null, [3, 6]],
      ['E', 'wijk', null, [2, 5]],
    ],
    ['B 4/5', 'D 3/6', 'E 2/5'],
  ],
  [
    'a large share before a large number, and of one share the larger number',
    [
      ['A', 'kern', null, [6, 60]],
      ['B', 'kern', null, [2, 8]],
      ['C', 'kern', null, [4, 16]],
    ],
    ['C 4/16', 'B 2/8', 'A 6/60'],
  ],
  [
    'those with few actions last',
    [
      ['A', 'kern', null, [1, 1]],
      ['B', 'kern', null, [1, 9]],
    ],
    ['B 1/9', 'A 1/1'],
  ],
  [
    'a wijk with its buurten, which are not named beside it',
    [
      ['Centrum', 'wijk', 'team', [3, 5]],
      ['Groene Dorp', 'buurt', 'Centrum', [1, 1]],
    ],
    ['Centrum 4/6'],
  ],
  [
    'a team only if nothing below it is late',
    [
      ['A', 'municipality', null, [2, 9]],
      ['B', 'team', 'A', [1, 4]],
      ['C', 'kern', 'B', [0, 3]],
      ['D', 'team', 'A', [3, 5]],
      ['E', 'kern', 'D', [2, 8]],
    ],
    ['E 2/8', 'B 1/7'],
  ],
])('names %s', (_, areas, named) => expect(worst(...areas)).toEqual(named));

it.each([
  [3, '3 meer dan een maand geleden'],
  [-2, '2 minder dan een maand geleden'],
  [0, null],
])('says of a change by %d: %s', (change, words) => expect(changeWords(change)).toBe(words));

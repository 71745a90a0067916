import { expect, it } from '@jest/globals';
import type { DiscussionView } from '../../src/sessions/discussions.dto.js';
import { toDiscussed } from '../../src/sessions/desk/actions-block.rules.js';

const shown = (fields: Partial<DiscussionView>) =>
  toDiscussed(
    {
      id: 'a',
      number: 'BOS-1',
      dueKind: 'asap',
      dueOn: null,
      escalations: [],
      note: null,
      ...fields,
    } as unknown as DiscussionView,
    {
      isWritable: true,
      today: '2026-06-02',
      shownIds: [],
    } as unknown as Parameters<typeof toDiscussed>[1],
  );

it.each([
  ['updated', 'in_progress', 'loopt', 'neutral'],
  ['updated', 'blocked', 'stokt', 'warning'],
  ['updated', 'done', 'gereed', 'success'],
  ['discussed', 'done', 'besproken', 'neutral'],
] as const)('colours an action that is %s and %s by what became of it', (outcome, status, words, badge) => {
  expect(shown({ outcome, status })).toMatchObject({ outcomeName: words, outcomeBadge: badge });
});

it.each([
  ['that was given back', { isHandedBack: true, ownerName: null }, 'teruggegeven, nog geen actiehouder'],
  ['that has no owner yet', { ownerName: null }, 'nog geen actiehouder'],
  ['with an owner', { ownerName: 'Politie' }, 'Politie'],
])('says who does an action of last time %s', (_, fields, words) => {
  expect(shown({ status: 'open', outcome: null, ...fields }).ownerName).toBe(words);
});

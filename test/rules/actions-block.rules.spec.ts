import { expect, it } from '@jest/globals';
import type { DiscussionView } from '../../src/sessions/discussions.dto.js';
import { toDiscussed } from '../../src/sessions/pages/actions-block.rules.js';

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

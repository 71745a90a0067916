import { statusOn } from '../../actions/overdue.rules.js';
import { deadlineWords } from '../../actions/words.js';
import type { ActionRow } from './material.js';
import type { ChangesContent, DeadlineContent } from '../minutes-content.js';

export const deadlineContent = ({ dueKind, dueOn }: Pick<ActionRow, 'dueKind' | 'dueOn'>): DeadlineContent => ({
  kind: dueKind,
  dueOn,
  text: deadlineWords({ dueKind, dueOn }),
});

/** What the session of this day changed about an action; without the key if nothing changed. */
export function changesOf(action: ActionRow, heldOn: string): { changes?: ChangesContent } {
  const { before, discussion } = action;
  if (before === null) return {};
  const changes: ChangesContent = {};
  if (before.dueKind !== action.dueKind || before.dueOn !== action.dueOn) {
    const postponements = action.postponements > before.postponements ? action.postponements : null;
    changes.deadline = { was: deadlineContent(before), becomes: deadlineContent(action), postponements };
  }
  if (before.owner !== action.owner) changes.owner = { was: before.owner, becomes: action.owner };
  const [was, becomes] = [statusOn(before, heldOn), statusOn(action, heldOn)];
  if (was !== becomes) changes.status = { was, becomes };
  // The note of the discussion often is the reason too.
  const said = new Set(before.said.filter((words) => words !== discussion?.note));
  if (said.size > 0) changes.said = [...said].join(' ');
  return Object.keys(changes).length > 0 ? { changes } : {};
}

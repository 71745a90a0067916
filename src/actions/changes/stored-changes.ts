import { LongTask } from '../../platform/common/long-task.js';
import { storedKey } from '../../platform/spelling/natural-order.js';
import type { HistoryRow } from '../history/history.rules.js';
import { stateOf } from '../history/action-state.js';
import type { PlannedChange, UpdateContext } from '../planned-change.js';

/** A history row as stored. */
export const storedUpdate = (actionId: string, one: HistoryRow, context: UpdateContext, now: string) => ({
  id: one.id,
  actionId,
  sequence: one.sequence,
  kind: one.kind,
  effectiveOn: one.effectiveOn,
  recordedAt: context.recordedAt ?? now,
  recordedById: context.by.personId,
  recordedByClientId: context.by.clientId ?? null,
  onBehalfOfId: context.onBehalfOfId ?? null,
  sessionId: context.sessionId ?? null,
  comment: context.comment ?? null,
  changes: one.change,
  restatesId: one.restatesId,
  ...stateOf(one.state),
});

/** An action as stored. */
export const storedAction = ({ action, before }: Pick<PlannedChange, 'action' | 'before'>) => {
  const {
    coOwnerIds: _,
    partyIds: __,
    isOriginOpen: ___,
    isProvisional: ____,
    discussedInIds: _____,
    lastSequence: ______,
    lastEffectiveOn: _______,
    successorId: ________,
    ...stored
  } = action;
  const isSameTitle = before?.title === stored.title && before.titleKey !== null;
  return { ...stored, titleKey: isSameTitle ? before.titleKey : storedKey(stored.title) };
};

/** The columns whose value changed for any of the actions. */
export async function changedColumns(changes: readonly PlannedChange[]): Promise<string[]> {
  const changed = new Set<string>();
  const same = new Set(changes.length === 0 ? [] : Object.keys(storedAction(changes[0])));
  const turns = new LongTask();
  for (const { action, before } of changes) {
    await turns.yieldToEventLoop();
    for (const column of same as Set<keyof typeof action>) {
      // The sort key of a title is made when it is stored.
      const isChanged = column === 'titleKey' ? before!.titleKey === null : action[column] !== before![column];
      if (isChanged) changed.add(column);
      if (isChanged && column === 'title') changed.add('titleKey');
      if (isChanged) same.delete(column);
    }
  }
  return [...changed];
}

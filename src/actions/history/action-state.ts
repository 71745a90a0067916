import { getMetadataArgsStorage } from 'typeorm';
import { ActionColumns } from '../action.entity.js';
import type { ActionState } from './action-update.entity.js';
import type { HistoryRow } from './history.rules.js';

const shared = getMetadataArgsStorage().filterColumns(ActionColumns);

/** The columns of a state, as declared by the entities; co-owners are in a separate table. */
const STATE_COLUMNS = [...shared.map(({ propertyName }) => propertyName), 'coOwnerIds'] as (keyof ActionState)[];

/** Only the state of an object that contains one. */
export function stateOf(from: ActionState): ActionState {
  const state: Record<string, unknown> = {};
  for (const column of STATE_COLUMNS) state[column] = from[column];
  return state as unknown as ActionState;
}

/** The current state as the last row of a history, if the rest of the history is not needed. */
export function lastRowOf(action: ActionState & { lastSequence: number; lastEffectiveOn: string }): HistoryRow {
  const { lastSequence: sequence, lastEffectiveOn: effectiveOn } = action;
  const row = { id: '', sequence, kind: 'comment', change: {}, effectiveOn, isAtOrigin: false } as const;
  return { ...row, restatesId: null, state: stateOf(action) };
}

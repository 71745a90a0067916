import { getMetadataArgsStorage } from 'typeorm';
import { type Fields, partOf } from '../../platform/database/row-values.js';
import { Action, ActionColumns } from '../action.entity.js';
import type { ActionState } from '../action-update.entity.js';
import type { HistoryRow } from '../history.rules.js';

const columnsOf = (...of: (typeof ActionColumns)[]) =>
  getMetadataArgsStorage()
    .filterColumns(of)
    .map(({ propertyName }) => propertyName);

/** The columns of a state, as declared by the entities; co-owners are in a separate table. */
const STATE_COLUMNS = [...columnsOf(ActionColumns), 'coOwnerIds'];

/** Only the state of an object that contains one. */
export const stateOf = partOf(STATE_COLUMNS) as unknown as (from: ActionState) => ActionState;

/** Only the columns of an action, without what else is known of it. */
export const columnsOfAction = partOf(columnsOf(Action, ActionColumns)) as (from: Action) => Action & Fields;

/** The current state as the last row of a history, if the rest of the history is not needed. */
export function lastRowOf(action: ActionState & { lastSequence: number; lastEffectiveOn: string }): HistoryRow {
  const { lastSequence: sequence, lastEffectiveOn: effectiveOn } = action;
  const row = { id: '', sequence, kind: 'comment', change: {}, effectiveOn, isAtOrigin: false } as const;
  return { ...row, restatesId: null, state: stateOf(action) };
}

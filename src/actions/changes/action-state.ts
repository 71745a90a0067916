import { getMetadataArgsStorage } from 'typeorm';
import type { Shape } from '../../platform/database/rows.js';
import { ActionColumns } from '../action.entity.js';
import type { ActionState } from '../action-update.entity.js';

const shared = getMetadataArgsStorage().filterColumns(ActionColumns);

/** The columns of a state, as the entities declare them; co-owners are a table of their own beside the action. */
const STATE_COLUMNS = [...shared.map(({ propertyName }) => propertyName), 'coOwnerIds'] as (keyof ActionState)[];

/** How raw rows of actions and of their histories are read. */
export const STATE_SHAPE: Shape = Object.fromEntries(
  shared.filter(({ options }) => options.type === 'boolean').map(({ propertyName }) => [propertyName, 'boolean']),
);

/** The state alone of what carries one. */
export const stateOf = (from: ActionState): ActionState =>
  Object.fromEntries(STATE_COLUMNS.map((column) => [column, from[column]])) as unknown as ActionState;

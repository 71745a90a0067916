import type { ItemState } from './agenda-item.entity.js';

/** What becomes of an item in its session. */
export const ITEM_OUTCOMES = ['discussed', 'not_discussed', 'adjourned'] as const;
/** The states of an item on the agenda: those the chair can set. A proposal gets there through its acceptance. */
export const AGENDA_STATES = ['accepted', ...ITEM_OUTCOMES] as const;
/** The outcomes after which a later session takes the item up. */
export const LEFT_OVER_STATES = ['not_discussed', 'adjourned'] as const;

type Having = { state: ItemState };

/** Whether it is on the agenda: neither only proposed nor declined. */
export const isOnAgenda = ({ state }: Having): boolean => isOneOf(AGENDA_STATES, state);
export const hasOutcome = ({ state }: Having): boolean => isOneOf(ITEM_OUTCOMES, state);
export const isLeftOver = ({ state }: Having): boolean => isOneOf(LEFT_OVER_STATES, state);

/** The same as SQL, given the alias of a row of `agenda_items`. */
export const isOnAgendaSql = (item: string): string => `${item}."state" IN (${listOf(AGENDA_STATES)})`;
export const hasOutcomeSql = (item: string): string => `${item}."state" IN (${listOf(ITEM_OUTCOMES)})`;
export const isLeftOverSql = (item: string): string => `${item}."state" IN (${listOf(LEFT_OVER_STATES)})`;

const isOneOf = (states: readonly ItemState[], state: ItemState): boolean => states.includes(state);
const listOf = (states: readonly ItemState[]): string => states.map((state) => `'${state}'`).join(', ');

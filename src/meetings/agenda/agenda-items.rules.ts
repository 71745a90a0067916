import type { AgendaItem } from './agenda-item.entity.js';
import type { ItemKind } from '../meeting.entity.js';
import type { SessionState } from '../session.entity.js';
import { isOnAgenda } from './item-states.rules.js';

type Placed = Pick<AgendaItem, 'id' | 'kind'>;

const LAST_KINDS: ReadonlySet<ItemKind> = new Set(['any_other_business', 'closing']);

/** The agenda order with a new item inserted: a topic comes before the rondvraag and the sluiting. */
export function orderWithNew<T extends Placed>(items: readonly T[], added: T): T[] {
  const end = items.findIndex(({ kind }) => LAST_KINDS.has(kind));
  if (end === -1 || LAST_KINDS.has(added.kind)) return [...items, added];
  return [...items.slice(0, end), added, ...items.slice(end)];
}

/**
 * The agenda order after moving one item to a position (from 1) among the items visible to the caller. Hidden items
 * keep their place between their neighbours; a position past the end means the end.
 */
export function orderAfterMove(
  items: readonly string[],
  moved: string,
  place: number,
  isVisible: (id: string) => boolean,
): string[] {
  const others = items.filter((id) => id !== moved);
  const next = others.filter(isVisible)[place - 1];
  const index = next === undefined ? others.length : others.indexOf(next);
  return [...others.slice(0, index), moved, ...others.slice(index)];
}

type Treatment = Partial<Pick<AgendaItem, 'title' | 'notes' | 'decision' | 'state'>> & { position?: number };

type AgendaItemViolation = 'SESSION_CLOSED' | 'SESSION_CANCELLED' | 'SESSION_NOT_OPEN' | 'ITEM_NOT_ACCEPTED';

/** Why an item cannot be changed this way now; undefined if it can. */
export function agendaItemViolation(
  change: Treatment,
  item: Pick<AgendaItem, 'state'>,
  session: SessionState,
): { code: AgendaItemViolation; detail: string } | undefined {
  if (session === 'closed')
    return { code: 'SESSION_CLOSED', detail: 'This session is closed. Reopen it to change it.' };
  if (session === 'cancelled') return { code: 'SESSION_CANCELLED', detail: 'This session is cancelled.' };
  const isTreatment =
    change.notes !== undefined ||
    change.decision !== undefined ||
    (change.state !== undefined && change.state !== item.state);
  if (isTreatment && session === 'planned') {
    return { code: 'SESSION_NOT_OPEN', detail: 'Notes, decisions and outcomes require an open session.' };
  }
  if (isTreatment && !isOnAgenda(item)) {
    return { code: 'ITEM_NOT_ACCEPTED', detail: 'Accept this item before discussing it.' };
  }
  return undefined;
}

/**
 * Whether a new item is confidential. Choosing other organisations makes it so even if it is not marked: otherwise everyone
 * would learn of it. The caller's own ones (`ownIds`) do not count, because forms tick them in advance.
 */
export const isMeantForParties = (isMarked: boolean, partyIds: readonly string[], ownIds: readonly string[]): boolean =>
  isMarked || partyIds.some((id) => !ownIds.includes(id));

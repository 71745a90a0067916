import type { ActionLine } from '../../actions/actions.views.js';
import type { AgendaItemView } from '../../meetings/agenda/agenda-items.dto.js';
import { ITEM_STATE_WORDS } from '../../meetings/words.js';
import { dueInShort } from '../../actions/words.js';
import { toAgreed, toRecorded } from '../desk/actions-block.rules.js';
import { isLeftOver, isOnAgenda } from '../../meetings/agenda/item-states.rules.js';

/** What the room's screen shows: the agenda, what was agreed, or only that this part is private. */
type RoomScene = 'waiting' | 'agenda' | 'agreements' | 'private' | 'over';

interface AtHand {
  agendaItemId: string | null;
  part: string | null;
  isConfidential: boolean;
}

export function sceneOf(state: string, current: AtHand | undefined): RoomScene {
  if (state !== 'open') return state === 'planned' ? 'waiting' : 'over';
  if (current?.isConfidential) return 'private';
  return current?.part === 'agreements' ? 'agreements' : 'agenda';
}

/** An item for the room: no notes, and no decision. */
function toItem(item: AgendaItemView, currentId: string | null) {
  const { id, number, title, state } = item;
  return {
    id: `punt-${id}`,
    number,
    title,
    isCurrent: id === currentId,
    isDone: state === 'discussed',
    stateName: isLeftOver(item) ? ITEM_STATE_WORDS[state] : '',
  };
}

/** The agenda and the new actions that the room may know; the newest action comes first. */
export function toRoom(
  items: readonly AgendaItemView[],
  actions: readonly ActionLine[],
  currentId: string | null,
  today: string,
) {
  const agenda = items.filter(isOnAgenda).map((item) => toItem(item, currentId));
  const recorded = actions.map((action) => ({ ...toRecorded(action, false), dueShort: dueInShort(action, today) }));
  return {
    agenda,
    current: agenda.find(({ isCurrent }) => isCurrent) ?? null,
    recorded: recorded.toReversed(),
    agreed: toAgreed(recorded),
  };
}

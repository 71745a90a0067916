import type { Asked } from '../../actions/discussions/asked-discussions.js';
import type { ActionLine } from '../../actions/actions.views.js';
import { dueInShort } from '../../actions/words.js';
import type { AgendaItemView } from '../../meetings/agenda/agenda-items.dto.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { isOnAgenda } from '../../meetings/agenda/item-states.rules.js';

/** The number that fits on two pages with an agenda of twenty items and ten lines to write on. */
const MOST_ACTIONS = 32;
const LONGEST_TITLE = 80;

const cut = (text: string): string => (text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE - 1)}…` : text);

/** The sheet for the table: the agenda, the open actions with room to write, and what did not fit. */
export function toTableSheet(
  session: { meetingName: string; heldOn: string; startTime: string | null; place: string | null },
  items: readonly AgendaItemView[],
  actions: readonly ActionLine[],
  asked: Asked,
  today: string,
) {
  const { meetingName, heldOn, startTime, place } = session;
  const inOrder = [...actions.filter(({ id }) => asked.has(id)), ...actions.filter(({ id }) => !asked.has(id))];
  const shown = inOrder.slice(0, MOST_ACTIONS);
  const left = actions.length - shown.length;
  return {
    title: `${meetingName}, ${inDutch(heldOn)}`,
    name: meetingName,
    where: [inDutch(heldOn), startTime && `${startTime} uur`, place].filter(Boolean).join(', '),
    agenda: items.filter(isOnAgenda).map(({ number, title, proposedByName: by, plannedMinutes }) => ({
      ...{ number, title, by },
      time: plannedMinutes === null ? null : `${plannedMinutes} min`,
    })),
    actions: shown.map((action) => ({
      number: action.number,
      isAsked: asked.has(action.id),
      what: cut(action.title),
      who: [action.ownerName ?? 'nog niemand', ...action.coOwners.map(({ name }) => name)].join(', '),
      when: dueInShort(action, today),
    })),
    rest: left === 0 ? null : left === 1 ? 'En nog 1 actie.' : `En nog ${left} acties.`,
  };
}

export type TableSheet = ReturnType<typeof toTableSheet>;

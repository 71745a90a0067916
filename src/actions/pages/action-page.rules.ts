import { isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { mayReadSession } from '../../meetings/meetings.access.js';
import type { UpdateView } from '../history/action-updates.views.js';
import type { ActionNoteView } from '../discussions/action-notes.service.js';
import type { ActionView, PublicActionLine } from '../actions.views.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { CONTRIBUTION_WORDS, dueWords, REALISATION_WORDS, SIZE_WORDS, statusWords } from '../words.js';
import { dayCell, type Table, tableOf } from '../../web/tables.rules.js';

interface Fact {
  term: string;
  text: string;
  href: string | null;
  /** Whether it was typed with line breaks. */
  hasLines?: boolean;
}

/** The facts of an action visible to its reader: fewer for a public action. `returned`: who gave it back. */
export function factsOf(action: ActionView | PublicActionLine, caller: Caller, returned = ''): Fact[] {
  const facts: Fact[] = [];
  const add = (term: string, text: string | null | false | undefined, href: string | null = null): void => {
    if (text) facts.push({ term, text, href });
  };
  const full = 'allowed' in action ? action : undefined;
  const nobody = full?.isHandedBack ? `nog geen actiehouder${returned}` : 'nog geen actiehouder';
  add('Wie', full?.isHandedBack ? nobody : (action.ownerName ?? nobody));
  add('Persoon', full?.ownerPersonName);
  add('Samen met', full?.coOwners.map(({ name }) => name).join(', '));
  add('Wanneer', dueWords(action));
  add('Eerst afgesproken', full?.originalDueOn && full.originalDueOn !== full.dueOn && inDutch(full.originalDueOn));
  add('Uitgesteld', full && full.postponements > 0 && `${full.postponements} keer`);
  const mayOpenArea = full && isPermitted(caller, 'areas.read');
  add('Gebied', action.areaName, mayOpenArea ? `/gebieden/${action.areaId}` : null);
  if (full) facts.push(...originOf(full, caller));
  add('Resultaat', action.result);
  add('Gelukt', full?.realisation && REALISATION_WORDS[full.realisation]);
  add('Hoe groot', full?.resultSize && SIZE_WORDS[full.resultSize]);
  return facts.map((fact) => ({ ...fact, hasLines: fact.text.includes('\n') }));
}

/** ": Politie gaf deze actie terug op dinsdag 2 juni 2026", as far as its history is known to the reader. */
export function returnWords(updates: readonly UpdateView[]): string {
  const at = updates.findLastIndex((one, index) => one.isHandedBack && updates[index - 1]?.isHandedBack === false);
  const name = updates[at - 1]?.ownerName;
  return name ? `: ${name} gaf deze actie terug op ${inDutch(updates[at].effectiveOn)}` : '';
}

function originOf(action: ActionView, caller: Caller): Fact[] {
  const { sessionId, meetingId, areaId, sessionHeldOn, meetingName, requestedByName, followsOnId, followsOnNumber } =
    action;
  const at = [meetingName, sessionHeldOn && inDutch(sessionHeldOn)].filter(Boolean).join(', ');
  // Somebody who does an action of another meeting may not read that session.
  const mayReadIt =
    sessionId !== null && meetingId !== null && mayReadSession(caller, { id: sessionId }, { id: meetingId, areaId });
  const found: [string, string | null, string | null][] = [
    ['Afgesproken in', at || null, mayReadIt ? `/vergaderingen/${sessionId}` : null],
    ['Bij agendapunt', action.agendaItemTitle, null],
    ['Gevraagd door', requestedByName, null],
    ['Thema', action.theme, null],
    ['Kenmerk', action.reference, action.referenceUrl],
    ['Vervolg op', followsOnNumber, followsOnId && `/acties/${followsOnId}`],
    ['Bijdrage', action.contribution && CONTRIBUTION_WORDS[action.contribution], null],
    ['Verwacht resultaat', action.expectedResult, null],
    ['Openbaar', action.isPublic ? `ja${action.publicText ? `, als: ${action.publicText}` : ''}` : null, null],
    ['Graag stand van zaken op', action.checkOn && inDutch(action.checkOn), null],
  ];
  return found.flatMap(([term, text, href]) => (text ? [{ term, text, href }] : []));
}

/**
 * The history of an action, newest first: the changes of each step in words, and what sessions noted about it. A note
 * that is also the reason for what was entered in its session is shown once.
 */
export function historyOf(updates: readonly UpdateView[], notes: readonly ActionNoteView[], today: string): Table {
  const isTold = ({ sessionId, note }: ActionNoteView): boolean =>
    updates.some((one) => one.sessionId === sessionId && (one.reason === note || one.comment === note));
  const steps: Step[] = [
    ...updates.map((update, index) => toStep(updates[index - 1], update)),
    ...notes.filter((note) => !isTold(note)).map(toNoted),
  ];
  const inOrder = steps.toSorted((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
  return tableOf('Wat er gebeurde', inOrder.toReversed(), {
    Dag: ({ day }) => dayCell(day, today),
    Wat: ({ what }) => what,
    Door: ({ by }) => by,
  });
}

interface Step {
  day: string;
  what: string;
  by: string;
}

function toStep(before: UpdateView | undefined, update: UpdateView): Step {
  const { recordedByName, onBehalfOfName, effectiveOn: day } = update;
  const asks = update.kind === 'discussion_asked' ? 'Gevraagd om te bespreken in het overleg' : null;
  const told = [...changesBetween(before, update), asks, update.reason, update.comment].filter(Boolean);
  const by = [recordedByName ?? 'vanzelf', onBehalfOfName && `namens ${onBehalfOfName}`].filter(Boolean);
  return { day, what: told.join('. ') || 'Gegevens gewijzigd', by: by.join(', ') };
}

const toNoted = ({ heldOn, note, meetingName }: ActionNoteView): Step => ({
  day: heldOn,
  what: `Besproken: ${note}`,
  by: meetingName,
});

const halfDone = ({ realisation }: UpdateView): string => (realisation === 'partial' ? ', deels gelukt' : '');

function changesBetween(before: UpdateView | undefined, after: UpdateView): string[] {
  if (!before) return [`Afgesproken: ${after.ownerName ?? 'nog geen actiehouder'}, ${dueWords(after)}`];
  const found: string[] = [];
  if (after.isHandedBack && !before.isHandedBack) found.push('Teruggegeven: niet voor ons');
  else if (after.ownerId !== before.ownerId) found.push(`Naar ${after.ownerName ?? 'nog geen actiehouder'}`);
  if (after.status !== before.status)
    found.push(`Stand: ${statusWords(after.status, after.resumeOn)}${halfDone(after)}`);
  else if (after.realisation && after.realisation !== before.realisation)
    found.push(`Gelukt: ${REALISATION_WORDS[after.realisation]}`);
  if (after.dueOn !== before.dueOn || after.dueKind !== before.dueKind) found.push(`Wanneer: ${dueWords(after)}`);
  if (after.title !== before.title) found.push(`Wat: ${after.title}`);
  if (after.result && after.result !== before.result) found.push(`Resultaat: ${after.result}`);
  return found;
}

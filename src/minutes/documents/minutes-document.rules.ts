import { initiativeWords } from '../../budget/words.js';
import { questionWords } from '../../questions/words.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import type { ItemState } from '../../meetings/agenda/agenda-item.entity.js';
import { ITEM_STATE_WORDS } from '../../meetings/words.js';
import { beginningOf, capital } from '../../platform/rendering/text.js';
import type { AdoptedView, AttendeeView, CorrectionView, MinutesView } from '../minutes.dto.js';
import { toActionLine, toDiscussedLine, toFinishedLine, toOpenLine } from './action-lines.rules.js';
import { isLeftOver } from '../../meetings/agenda/item-states.rules.js';

/** A longer decision is printed in full under its item only. */
const LONGEST_DECISION = 300;

/** Below the heading of a topic that has nothing else. */
export const NO_NOTES = 'Geen aantekeningen.';

export type MinutesDocument = ReturnType<typeof toDocument>;

/** Minutes in the words of the document, for the templates: text to print, without logic. */
export function toDocument(view: MinutesView) {
  const { number, meeting, area, heldOn, startTime, endTime, place, nextSession, decisions } = view;
  const actions = view.actions.map(toActionLine);
  const listItem = view.items.find(({ kind }) => kind === 'actions')?.number;
  const previous = {
    reportedDone: view.reportedDone.map(toFinishedLine),
    discussed: view.discussed.map(toDiscussedLine),
  };
  const adoptions = view.adoptions.map(toAdoptionText);
  const minutesItem = view.items.find(({ kind }) => kind === 'minutes')?.number;
  const hasPrevious = previous.reportedDone.length + previous.discussed.length > 0;
  const items = view.items.map((item) => {
    const holdsPrevious = hasPrevious && item.number === listItem;
    const adopted = item.number === minutesItem ? adoptions : [];
    const isEmpty = !item.notes && !item.decision && item.actions.length + adopted.length === 0 && !holdsPrevious;
    const state = stateText(item);
    return {
      number: item.number,
      title: item.title,
      notes: item.notes,
      decision: item.decision,
      isConfidential: item.isConfidential,
      stateText: state ?? (isEmpty ? NO_NOTES : null),
      /** Named in one line with others like it: it is on every agenda, and there is nothing to read below it. */
      isInPassing: isEmpty && state === null && item.kind !== 'topic' && !item.isConfidential,
      actions: item.actions.map(toActionLine),
      previous: holdsPrevious ? previous : null,
      adoptions: adopted,
    };
  });
  const inPassing = items.filter(({ isInPassing }) => isInPassing);
  return {
    title: `Verslag ${meeting.name}`,
    meeting: meeting.name,
    area: area.name,
    heldOn,
    time: timeText(startTime, endTime),
    place,
    state: stateLine(view),
    number,
    composedAt: view.composedAt,
    chair: view.chair && view.chair.name,
    secretary: view.secretary && view.secretary.name,
    present: view.attendance.present.map(attendeeText),
    excused: view.attendance.excused.map(attendeeText),
    absent: view.attendance.absent.map(attendeeText),
    items,
    /** "1. Opening, 6. Sluiting": the usual items without anything written down. */
    inPassing: inPassing.map(({ number, title }) => `${number}. ${title}`).join(', ') || null,
    /** The earlier actions, if the agenda had no item for them. */
    previous: hasPrevious && listItem === undefined ? previous : null,
    /** The adopted minutes, if the agenda had no item for them. */
    adoptions: minutesItem === undefined ? adoptions : [],
    corrections: view.corrections.map(correctionText),
    decisions: decisions.map(toDecisionLine),
    initiatives: view.initiatives.map(initiativeWords),
    questions: view.questions.map(questionWords),
    actions,
    stillOpen: view.stillOpen.map(toOpenLine),
    nextSession: nextSession && {
      heldOn: nextSession.heldOn,
      time: timeText(nextSession.startTime, null),
      place: nextSession.place,
    },
  };
}

/** "Doorgeschoven naar een volgende vergadering."; null for an item that was discussed. */
function stateText(item: { state: ItemState }): string | null {
  if (!isLeftOver(item)) return null;
  const words = capital(ITEM_STATE_WORDS[item.state]);
  return item.state === 'adjourned' ? `${words} naar een volgende vergadering.` : `${words}.`;
}

/** "Verslag Professionaloverleg Boskoop, dinsdag 2 juni 2026": identifies a page that went astray, and a file. */
export const nameOf = ({ title, heldOn }: Pick<MinutesDocument, 'title' | 'heldOn'>): string =>
  `${title}, ${inDutch(heldOn)}`;

/** "verslag-boskoop-2026-06-02.pdf": plain letters, which every file system and mail program accepts. */
export function fileNameOf({ area, heldOn }: Pick<MinutesView, 'area' | 'heldOn'>, ending: 'pdf' | 'docx'): string {
  const name = area.name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .trim()
    .replaceAll(/[ -]+/g, '-');
  return `verslag-${name === '' ? 'gebied' : name}-${heldOn}.${ending}`;
}

/** "Punt 3: “naar de avond” is gewijzigd in “naar de nacht”." */
function correctionText({ item, old, new: words }: CorrectionView): string {
  const place = item.includes('-') ? `Actie ${item}` : `Punt ${item}`;
  if (old === '') return `${place}: toegevoegd is “${words}”.`;
  if (words === '') return `${place}: “${old}” is geschrapt.`;
  return `${place}: “${old}” is gewijzigd in “${words}”.`;
}

function toAdoptionText({ heldOn, kind, corrections }: AdoptedView) {
  const how = kind === 'unchanged' ? 'ongewijzigd vastgesteld.' : 'vastgesteld met deze wijzigingen:';
  return { text: `Het verslag van ${inDutch(heldOn)} is ${how}`, corrections: corrections.map(correctionText) };
}

/** "wijkagent Boskoop (Politie, wijkagent)". */
function attendeeText({ name, function: role, organisation, isGuest, isReplacement }: AttendeeView): string {
  const part = isReplacement ? 'vervanger' : isGuest ? 'gast' : role;
  const details = [organisation, part].filter((text) => text !== null && text !== name);
  return details.length > 0 ? `${name} (${details.join(', ')})` : name;
}

function timeText(start: string | null, end: string | null): string | null {
  if (start === null) return null;
  return end === null ? `${start} uur` : `${start} tot ${end} uur`;
}

function stateLine({ state, number, isInForce, sentAt, adoptedAt, adoptedIn, reason }: MinutesView): string {
  if (!isInForce) return `Versie ${number}, vervangen door een nieuwere versie`;
  const redacted = reason === 'redaction' ? ', met weggelakte passages' : '';
  if (state === 'adopted' && adoptedIn)
    return `Vastgesteld in de vergadering van ${inDutch(adoptedIn.heldOn)}${redacted}`;
  if (state === 'adopted' && adoptedAt) return `Schriftelijk vastgesteld op ${inDutch(dayOf(adoptedAt))}${redacted}`;
  const version = number > 1 ? `, versie ${number}` : '';
  if (sentAt) return `Verstuurd op ${inDutch(dayOf(sentAt))}${version}${redacted}, nog niet vastgesteld`;
  return `Concept${version}, nog niet verstuurd`;
}

/** A decision in the list of decisions, with the item where it was taken. */
function toDecisionLine({ itemNumber, title, decision }: MinutesView['decisions'][number]) {
  const where = `punt ${itemNumber}, ${title}`;
  if (decision.length <= LONGEST_DECISION) return { decision, where };
  return { decision: `${beginningOf(decision, LONGEST_DECISION)}…`, where: `de hele tekst staat bij ${where}` };
}

import { deadlineOnPaper, STATUS_WORDS } from '../../actions/words.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { asSentence, inOneLine } from '../../platform/rendering/text.js';
import type { ChangesContent } from '../minutes-content.js';
import type { DiscussedView, EscalatedView, FinishedView, RecordedView, StillOpenView } from '../minutes.dto.js';

type PrintedAction = Omit<RecordedView, 'itemNumber' | 'reference' | 'referenceUrl'> &
  Partial<Pick<RecordedView, 'reference' | 'referenceUrl'>>;

/** An action that was agreed: who does what, and when. */
export function toActionLine(action: PrintedAction) {
  const { number, title, owner, ownerPerson, coOwners, deadline, isConfidential } = action;
  const { reference = null, referenceUrl: url = null } = action;
  const person = ownerPerson ? ` (${ownerPerson.name})` : '';
  const together = coOwners.length > 0 ? `, samen met ${inOneLine(coOwners)}` : '';
  return {
    number,
    title,
    who: `${owner ?? 'nog geen actiehouder'}${person}${together}`,
    when: deadline.text,
    shortWhen: deadlineOnPaper({ dueKind: deadline.kind, dueOn: deadline.dueOn }),
    reference,
    referenceUrl: url,
    isConfidential,
  };
}

/** "vrijdag 26 juni 2026 (stokt)": the status open needs no word. */
export function toOpenLine({ status, ...action }: StillOpenView) {
  const line = toActionLine({ ...action, ownerPerson: null });
  const stand = status === 'open' ? '' : ` (${STATUS_WORDS[status]})`;
  return { ...line, when: line.when + stand, shortWhen: line.shortWhen + stand };
}

/** An earlier action that was discussed, with what was said and what changed. */
export const toDiscussedLine = ({ number, title, owner, note, status, changes, ...rest }: DiscussedView) => ({
  number,
  title,
  owner,
  note: inOneText([...askedTexts(rest), note, ...changeTexts(changes), ...stepTexts(rest.escalations)]),
  status: statusText(STATUS_WORDS[status], changes),
  isConfidential: rest.isConfidential,
});

/** An earlier action that was reported done or cancelled. */
export function toFinishedLine({ number, title, owner, status, doneOn, result, note, changes, ...rest }: FinishedView) {
  const { escalations, isConfidential, discussionAsked } = rest;
  return {
    number,
    title,
    owner,
    // The note of the discussion often is the result or the reason too.
    result: inOneText([
      ...askedTexts({ discussionAsked }),
      ...[result, note],
      ...changeTexts(changes),
      ...stepTexts(escalations),
    ]),
    status: statusText(`${STATUS_WORDS[status]}${doneOn === null ? '' : ` op ${inDutch(doneOn)}`}`, changes),
    isConfidential,
  };
}

/** What was said about an action, joined, each thing once and as a sentence of its own; null if there is nothing. */
function inOneText(texts: readonly (string | null)[]): string | null {
  const said = [...new Set(texts.filter((text) => text !== null))];
  return said.length > 0 ? said.map((text, n) => (n < said.length - 1 ? asSentence(text) : text)).join(' ') : null;
}

/**
 * "Politie vroeg op 2 juni 2026 om dit te bespreken." Adds that it was not discussed, if so; a finished action has no
 * outcome.
 */
function askedTexts({ discussionAsked, outcome }: Pick<DiscussedView, 'discussionAsked'> & Partial<DiscussedView>) {
  if (!discussionAsked) return [];
  const { on, organisationName } = discussionAsked;
  const asking = organisationName
    ? `${organisationName} vroeg op ${inDutch(on)} om dit te bespreken`
    : `Op ${inDutch(on)} is gevraagd om dit te bespreken`;
  return [outcome === null || outcome === 'not_discussed' ? `${asking}; daar kwam het niet van.` : `${asking}.`];
}

/** Who was asked to decide, and their answer. */
const stepTexts = (escalations: readonly EscalatedView[]): string[] =>
  escalations.map(({ asked, askedOn, decision, decidedFor }) => {
    const asking = `Aan de bel getrokken bij ${asked.name} op ${inDutch(askedOn)}`;
    if (decision === null) return `${asking}; er is nog geen antwoord.`;
    return `${asking}. Besluit${decidedFor ? `, uiterlijk ${inDutch(decidedFor)}` : ''}: ${decision}`;
  });

/** "loopt (was open)". */
const statusText = (words: string, changes: ChangesContent | null): string =>
  changes?.status ? `${words} (was ${STATUS_WORDS[changes.status.was]})` : words;

/** "Wanneer: was vrijdag 26 juni 2026, wordt vrijdag 15 januari 2027 (2e keer uitgesteld)." */
function changeTexts(changes: ChangesContent | null): string[] {
  const { deadline, owner, said } = changes ?? {};
  const turn = (what: string, was: string, becomes: string) =>
    `${what}: was ${was}, wordt ${becomes}${becomes.endsWith('.') ? '' : '.'}`;
  const nobody = 'zonder actiehouder';
  const times = deadline?.postponements ? ` (${deadline.postponements}e keer uitgesteld)` : '';
  return [
    ...(deadline ? [turn('Wanneer', deadline.was.text, `${deadline.becomes.text}${times}`)] : []),
    ...(owner ? [turn('Wie', owner.was ?? nobody, owner.becomes ?? nobody)] : []),
    ...(said === undefined ? [] : [said]),
  ];
}

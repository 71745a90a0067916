import {
  type AttendeeContent,
  type ConfidentialContent,
  type DiscussedContent,
  type NameKey,
  OPEN_PART,
  type OpenContent,
  type RecordedContent,
} from './minutes-content.js';
import { type ReferenceLinks, referenceUrl } from '../platform/rendering/reference-links.rules.js';
import type { AdoptedView, AttendeeView, CorrectionView, ItemView, MinutesView, RecordedView } from './minutes.dto.js';
import { compareNaturally } from '../platform/spelling/natural-order.js';
import { type NameEntry, printedName } from './name-book.rules.js';

export interface ReadablePart {
  label: string;
  content: OpenContent | ConfidentialContent;
}

type Facts = Pick<
  MinutesView,
  | 'id'
  | 'sessionId'
  | 'state'
  | 'number'
  | 'reason'
  | 'composedAt'
  | 'hash'
  | 'isInForce'
  | 'sentAt'
  | 'adoptedAt'
  | 'adoptedIn'
  | 'version'
>;

/**
 * Assembles a reader's copy from the parts that reader may know: confidential items are placed where they were
 * discussed, and nothing reveals any others. Null if the open text no longer exists.
 */
export function readersCopy(
  facts: Facts,
  parts: readonly ReadablePart[],
  entries: readonly NameEntry[],
  links: ReferenceLinks,
): MinutesView | null {
  const open = parts.find(({ label }) => label === OPEN_PART)?.content as OpenContent | undefined;
  if (!open) return null;
  const closed = parts.filter(({ label }) => label !== OPEN_PART).map(({ content }) => content as ConfidentialContent);
  const names = new Map(entries.map((entry) => [entry.id, entry]));
  const nameOf = (key: NameKey | null) => key && printedName(key, names);
  const toAttendee = ({ person, ...rest }: AttendeeContent): AttendeeView => ({
    ...printedName(person, names),
    ...rest,
  });
  const toRecorded =
    (isConfidential: boolean) =>
    ({ ownerPerson, reference: given, ...rest }: RecordedContent): RecordedView => ({
      ...rest,
      reference: given ?? null,
      referenceUrl: referenceUrl(given ?? null, links),
      ownerPerson: nameOf(ownerPerson),
      isConfidential,
    });
  /** What may be absent from the stored text is null or empty in the copy. */
  const filledIn = (stored: Pick<DiscussedContent, 'escalations' | 'changes' | 'discussionAsked'>) => ({
    escalations: (stored.escalations ?? []).map(({ asked, ...step }) => ({
      asked: printedName(asked, names),
      ...step,
    })),
    changes: stored.changes ?? null,
    discussionAsked: stored.discussionAsked ?? null,
  });
  const actions = [
    ...open.actions.map(toRecorded(false)),
    ...closed.flatMap((content) => content.actions.map(toRecorded(true))),
  ];
  const items = mergeItems(open, closed, actions);
  const { meeting, area, heldOn, startTime, endTime, place, attendance, nextSession } = open;
  return {
    ...facts,
    meeting,
    area,
    heldOn,
    startTime,
    endTime,
    place,
    chair: nameOf(open.chair),
    secretary: nameOf(open.secretary),
    attendance: {
      present: attendance.present.map(toAttendee),
      excused: attendance.excused.map(toAttendee),
      absent: attendance.absent.map(toAttendee),
    },
    items,
    discussed: together(open.discussed, closed, ({ discussed }) => discussed).map((action) => ({
      ...action,
      ...filledIn(action),
    })),
    reportedDone: together(open.reportedDone, closed, ({ reportedDone }) => reportedDone).map((action) => ({
      ...action,
      ...filledIn(action),
      note: action.note ?? null,
    })),
    decisions: items.flatMap(({ number, title, decision }) =>
      decision === null ? [] : [{ itemNumber: number, title, decision }],
    ),
    actions,
    initiatives: open.initiatives ?? [],
    questions: open.questions ?? [],
    stillOpen: together(open.stillOpen ?? [], closed, ({ stillOpen }) => stillOpen ?? []).toSorted((one, other) =>
      compareNaturally(one.number, other.number),
    ),
    corrections: correctionsIn(open, closed),
    adoptions: adoptionsIn(open, closed),
    nextSession,
  };
}

function together<T>(open: T[], closed: ConfidentialContent[], of: (content: ConfidentialContent) => T[]) {
  return [
    ...open.map((one) => ({ ...one, isConfidential: false })),
    ...closed.flatMap((content) => of(content).map((one) => ({ ...one, isConfidential: true }))),
  ];
}

function correctionsIn(open: OpenContent, closed: ConfidentialContent[]): CorrectionView[] {
  return together(open.corrections ?? [], closed, ({ corrections }) => corrections ?? []);
}

/** Minutes that are unchanged to a reader may have corrections in a part hidden from that reader. */
function adoptionsIn(open: OpenContent, closed: ConfidentialContent[]): AdoptedView[] {
  return (open.adoptions ?? []).map(({ sessionId, heldOn, corrections: own }) => {
    const of = ({ adoptions = [] }: ConfidentialContent) => adoptions.filter((one) => one.sessionId === sessionId);
    const corrections = together(own, closed, (content) => of(content).flatMap((one) => one.corrections));
    return { sessionId, heldOn, kind: corrections.length > 0 ? 'corrected' : 'unchanged', corrections };
  });
}

function mergeItems(open: OpenContent, closed: ConfidentialContent[], actions: RecordedView[]): ItemView[] {
  const confidential = closed.flatMap(({ items }) => items).sort((a, b) => a.position - b.position);
  const actionsOf = (number: string) => actions.filter(({ itemNumber }) => itemNumber === number);
  const after = (number: string | null): ItemView[] =>
    confidential
      .filter(({ follows }) => follows === number)
      .map(({ follows: _follows, position: _position, ...item }) => ({
        ...item,
        isConfidential: true,
        actions: actionsOf(item.number),
      }));
  return [
    ...after(null),
    ...open.items.flatMap((item) => [
      { ...item, isConfidential: false, actions: actionsOf(item.number) },
      ...after(item.number),
    ]),
  ];
}

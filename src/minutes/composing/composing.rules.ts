import { statusOn } from '../../actions/overdue.rules.js';
import { isClosed } from '../../actions/statuses.rules.js';
import type { AttendanceStatus } from '../../meetings/attendance/attendance.entity.js';
import { changesOf, deadlineContent } from './changes.rules.js';
import type { ActionRow, AdoptionRow, ItemRow, Material, PersonRow } from './material.js';
import {
  type AttendeeContent,
  type ConfidentialContent,
  type DiscussedContent,
  type FinishedContent,
  type ItemContent,
  OPEN_PART,
  type OpenContent,
  type PartDraft,
  type RecordedContent,
  type StillOpenContent,
} from '../minutes-content.js';
import type { NameBook } from '../name-book.rules.js';

/**
 * Divides a session into the open part and the confidential ones: one per confidential item, with its actions, and one
 * per confidential action outside such an item. The open part carries no trace of the others.
 */
export function composeParts(material: Material, names: NameBook): PartDraft[] {
  const { items, actions } = material;
  const inOrder = items.toSorted((a, b) => a.position - b.position);
  const open: PartDraft & { content: OpenContent } = {
    label: OPEN_PART,
    partyIds: [],
    content: openContent(material, names),
  };
  const parts = new Map<string, PartDraft>([[OPEN_PART, open]]);
  let follows: string | null = null;
  for (const item of inOrder) {
    if (item.isConfidential) {
      const part = partOf(parts, item.number, item.partyIds);
      part.content.items.push({ ...itemContent(item), follows, position: item.position });
    } else {
      open.content.items.push(itemContent(item));
      follows = item.number;
    }
  }
  for (const action of actions) placeAction(action, material, parts, names);
  for (const [index, adoption] of (material.adoptions ?? []).entries()) placeAdoption(adoption, index + 1, parts);
  return [...parts.values()];
}

function placeAction(action: ActionRow, material: Material, parts: Map<string, PartDraft>, names: NameBook): void {
  const isFinished = isClosed(action.status);
  const isAnnexed =
    material.hasOpenAnnex === true && action.discussion !== null && !action.isRecordedHere && !isFinished;
  // Nor is there a part for confidential actions that were taken over but not discussed.
  if (!action.isRecordedHere && !isFinished && !wasTreated(action) && !isAnnexed) return;
  const item = material.items.find(({ id }) => id === action.agendaItemId);
  const label = labelOf(action, item);
  const { content } = partOf(parts, label, action.partyIds);
  // The number of a confidential item is printed only beside the item itself.
  const itemNumber = item && (!item.isConfidential || label === item.number) ? item.number : null;
  if (action.isRecordedHere) content.actions.push(recordedContent(action, itemNumber, names));
  const { heldOn } = material.session;
  if (isAnnexed) content.stillOpen = [...(content.stillOpen ?? []), stillOpenContent(action, heldOn)];
  if (isFinished) content.reportedDone.push(finishedContent(action, heldOn, names));
  else if (wasTreated(action)) content.discussed.push(discussedContent(action, heldOn, names));
}

/**
 * The open part lists the minutes that were adopted; corrections of a confidential part go into a part for the same
 * parties.
 */
function placeAdoption(adoption: AdoptionRow, place: number, parts: Map<string, PartDraft>): void {
  const { sessionId, heldOn } = adoption;
  const corrected = adoption.parts.filter(({ label, corrections }) => label === OPEN_PART || corrections.length > 0);
  for (const { label, partyIds, corrections } of corrected) {
    const { content } = partOf(parts, label === OPEN_PART ? OPEN_PART : `${place}/${label}`, partyIds);
    content.adoptions = [...(content.adoptions ?? []), { sessionId, heldOn, corrections }];
  }
}

/** An action is in the part of its confidential item if everyone who may read the item may know the action. */
function labelOf(action: ActionRow, item: ItemRow | undefined): string {
  if (!action.isConfidential) return OPEN_PART;
  const ridesAlong =
    action.isRecordedHere && item?.isConfidential && item.partyIds.every((id) => action.partyIds.includes(id));
  return ridesAlong ? item.number : action.number;
}

function partOf(parts: Map<string, PartDraft>, label: string, partyIds: string[]) {
  let part = parts.get(label);
  if (!part) {
    parts.set(
      label,
      (part = { label, partyIds, content: { items: [], discussed: [], reportedDone: [], actions: [] } }),
    );
  }
  return part as PartDraft & { content: ConfidentialContent };
}

function openContent(
  { session, attendances, initiatives = [], questions = [] }: Material,
  names: NameBook,
): OpenContent {
  const { chair, secretary, nextSession, ...facts } = session;
  const keyOf = (person: PersonRow | null) => person && names.keyOf(person.personId, person.name, person.function);
  const those = (status: AttendanceStatus): AttendeeContent[] =>
    attendances
      .filter((attendance) => attendance.status === status)
      .map(({ personId, name, function: role, organisation, isReplacement }) => ({
        person: names.keyOf(personId, name, role),
        organisation,
        isGuest: personId === null,
        isReplacement,
      }));
  return {
    ...facts,
    chair: keyOf(chair),
    secretary: keyOf(secretary),
    attendance: { present: those('present'), excused: those('excused'), absent: those('absent') },
    items: [],
    discussed: [],
    reportedDone: [],
    actions: [],
    ...(initiatives.length > 0 && { initiatives }),
    ...(questions.length > 0 && { questions }),
    nextSession,
  };
}

const itemContent = ({ number, kind, title, notes, decision, state }: ItemRow): ItemContent => ({
  number,
  kind,
  title,
  notes,
  decision,
  state,
});

function recordedContent(action: ActionRow, itemNumber: string | null, names: NameBook): RecordedContent {
  const { number, title, owner, ownerPerson, coOwners, dueKind, dueOn, reference } = action;
  return {
    number,
    title,
    itemNumber,
    owner,
    ownerPerson: ownerPerson && names.keyOf(ownerPerson.personId, ownerPerson.name, ownerPerson.function),
    coOwners,
    deadline: deadlineContent({ dueKind, dueOn }),
    ...(reference && { reference }),
  };
}

/**
 * Collapsed actions that were not discussed are left out of the minutes, unless a decision or a discussion was
 * requested.
 */
const wasTreated = ({ discussion, escalations, discussionAsked }: ActionRow): boolean =>
  discussion !== null &&
  (escalations.length > 0 ||
    discussionAsked !== null ||
    discussion.note !== null ||
    (discussion.outcome !== null && discussion.outcome !== 'not_discussed'));

function discussedContent(action: ActionRow, heldOn: string, names: NameBook): DiscussedContent {
  const { number, title, owner, status, resumeOn, discussion } = action;
  return {
    number,
    title,
    owner,
    outcome: discussion!.outcome,
    note: discussion!.note,
    status: statusOn({ status, resumeOn }, heldOn),
    ...changesOf(action, heldOn),
    ...askedOf(action),
    ...escalationsOf(action, names),
  };
}

function stillOpenContent(action: ActionRow, heldOn: string): StillOpenContent {
  const { number, title, owner, coOwners, dueKind, dueOn, status, resumeOn } = action;
  const deadline = deadlineContent({ dueKind, dueOn });
  return { number, title, owner, coOwners, deadline, status: statusOn({ status, resumeOn }, heldOn) };
}

function finishedContent(action: ActionRow, heldOn: string, names: NameBook): FinishedContent {
  const { number, title, owner, status, doneOn, result, discussion } = action;
  const note = discussion?.note ? { note: discussion.note } : {};
  return {
    number,
    title,
    owner,
    status,
    doneOn,
    result,
    ...note,
    ...changesOf(action, heldOn),
    ...askedOf(action),
    ...escalationsOf(action, names),
  };
}

const askedOf = ({ discussionAsked }: ActionRow): Pick<DiscussedContent, 'discussionAsked'> =>
  discussionAsked === null ? {} : { discussionAsked };

function escalationsOf({ escalations }: ActionRow, names: NameBook): Pick<DiscussedContent, 'escalations'> {
  if (escalations.length === 0) return {};
  const keyOf = ({ personId, name, function: role }: PersonRow) => names.keyOf(personId, name, role);
  return { escalations: escalations.map(({ asked, ...step }) => ({ asked: keyOf(asked), ...step })) };
}

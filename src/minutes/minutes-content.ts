import type { ActionStatus, DueKind } from '../actions/action.entity.js';
import type { ItemState } from '../meetings/agenda/agenda-item.entity.js';
import type { ItemKind, MeetingKind, MinutesForm } from '../meetings/meeting.entity.js';
import type { InitiativeContent } from '../budget/decided-in-session.js';
import type { QuestionContent } from '../questions/asked-in-session.js';
import type { DiscussionOutcome } from '../actions/discussions/discussion.entity.js';

/** The text refers to a person by a key of `minutes_names`, so that erasing a person keeps every hash. */
export interface NameKey {
  nameId: string;
}

export interface AttendeeContent {
  person: NameKey;
  organisation: string | null;
  isGuest: boolean;
  /** A guest who is the vervanger of the organisation. */
  isReplacement: boolean;
}

export interface ItemContent {
  number: string;
  kind: ItemKind;
  title: string;
  notes: string | null;
  decision: string | null;
  state: ItemState;
}

/** A confidential item stores its own position, so that the open part shows no gap. */
interface ConfidentialItemContent extends ItemContent {
  /** The number of the open item it follows; null if it precedes all of them. */
  follows: string | null;
  position: number;
}

/** @schema MinutesDeadline */
export interface DeadlineContent {
  kind: DueKind | null;
  dueOn: string | null;
  /** Dutch, as printed. */
  text: string;
}

export interface RecordedContent {
  number: string;
  title: string;
  itemNumber: string | null;
  owner: string | null;
  ownerPerson: NameKey | null;
  coOwners: string[];
  deadline: DeadlineContent;
  /** Absent if it has none, as in minutes composed before it was printed. */
  reference?: string;
}

/** A step of an escalation reported to the session. */
interface EscalationContent {
  asked: NameKey;
  askedOn: string;
  decision: string | null;
  decidedFor: string | null;
}

/**
 * What the session changed about an action, with the former values; unchanged fields are absent.
 * @schema MinutesChanges
 */
export interface ChangesContent {
  deadline?: {
    was: DeadlineContent;
    becomes: DeadlineContent;
    /** How often it had been postponed by then; null if this was not a postponement. */
    postponements: number | null;
  };
  owner?: Turn<string | null>;
  status?: Turn<ActionStatus>;
  /** The reasons and comments entered with it, in addition to the note. */
  said?: string;
}

interface Turn<T> {
  was: T;
  becomes: T;
}

/**
 * "Bespreken": somebody asked to discuss the action at the table.
 * @schema MinutesAskedDiscussion
 */
export interface AskedContent {
  /** The day of the request. */
  on: string;
  /** The organisation that asked, by its name at that time; null if there was none. */
  organisationName: string | null;
}

export interface DiscussedContent {
  number: string;
  title: string;
  owner: string | null;
  outcome: DiscussionOutcome | null;
  note: string | null;
  status: ActionStatus;
  /** Absent if nothing new was agreed. */
  changes?: ChangesContent;
  /** Absent if nobody asked to discuss it. */
  discussionAsked?: AskedContent;
  /** Absent when there was none. */
  escalations?: EscalationContent[];
}

/** Finished since the last session, or while this one was open: "gereed gemeld". */
export interface FinishedContent {
  number: string;
  title: string;
  owner: string | null;
  status: ActionStatus;
  doneOn: string | null;
  /** What came of it, or why it was cancelled. */
  result: string | null;
  /** What was noted about it in the session; absent if nothing was. */
  note?: string;
  changes?: ChangesContent;
  discussionAsked?: AskedContent;
  escalations?: EscalationContent[];
}

/** An earlier, unfinished action in the annex, in its state at the end of the session. */
export interface StillOpenContent {
  number: string;
  title: string;
  owner: string | null;
  coOwners: string[];
  deadline: DeadlineContent;
  status: ActionStatus;
}

/** A correction as decided at adoption. */
export interface CorrectionContent {
  /** The number of the agenda item, or of the action. */
  item: string;
  /** Empty if words were added. */
  old: string;
  new: string;
}

/** Minutes of an earlier session, adopted in this one. */
export interface AdoptionContent {
  sessionId: string;
  heldOn: string;
  corrections: CorrectionContent[];
}

interface Body<Item extends ItemContent> {
  items: Item[];
  discussed: DiscussedContent[];
  reportedDone: FinishedContent[];
  actions: RecordedContent[];
  /** The annex "Nog open"; absent if the meeting has none. */
  stillOpen?: StillOpenContent[];
  /** The corrections made when these minutes were adopted; absent in versions composed before. */
  corrections?: CorrectionContent[];
  /** The minutes adopted in this session. */
  adoptions?: AdoptionContent[];
}

export type ConfidentialContent = Body<ConfidentialItemContent>;

export interface OpenContent extends Body<ItemContent> {
  meeting: { id: string; name: string; kind: MeetingKind; minutesForm: MinutesForm };
  area: { id: string; name: string };
  heldOn: string;
  startTime: string | null;
  endTime: string | null;
  place: string | null;
  chair: NameKey | null;
  secretary: NameKey | null;
  attendance: { present: AttendeeContent[]; excused: AttendeeContent[]; absent: AttendeeContent[] };
  /** What was decided about the leefbaarheidsbudget; absent if nothing was. Never confidential. */
  initiatives?: InitiativeContent[];
  /** Questions asked and their outcomes; absent if there were none. Never confidential. */
  questions?: QuestionContent[];
  nextSession: { heldOn: string; startTime: string | null; place: string | null } | null;
}

export const OPEN_PART = 'open';

export type PartDraft = { label: string; partyIds: string[]; content: OpenContent | ConfidentialContent };

import type { InitiativeContent } from '../budget/decided-in-session.js';
import type { QuestionContent } from '../questions/asked-in-session.js';
import type { ActionStatus, DueKind } from '../actions/action.entity.js';
import type { DiscussionOutcome } from '../actions/discussions/discussion.entity.js';
import type {
  AskedContent,
  ChangesContent,
  CorrectionContent,
  ItemContent,
  OpenContent,
  StillOpenContent,
} from './minutes-content.js';
import type { VersionReason } from './minutes-version.entity.js';
import type { MinutesState } from './minutes.entity.js';
import type { PrintedName } from './name-book.rules.js';

/** @schema MinutesAttendee */
export interface AttendeeView extends PrintedName {
  organisation: string | null;
  isGuest: boolean;
  isReplacement: boolean;
}

/** @schema MinutesRecordedAction */
export interface RecordedView {
  number: string;
  title: string;
  itemNumber: string | null;
  owner: string | null;
  ownerPerson: PrintedName | null;
  coOwners: string[];
  deadline: { kind: DueKind | null; dueOn: string | null; text: string };
  /** The number of a zaak or melding. */
  reference: string | null;
  /** The URL of that zaak or melding, as configured for the service. */
  referenceUrl: string | null;
  isConfidential: boolean;
}

/**
 * A step of an escalation reported to the session.
 * @schema MinutesEscalation
 */
export interface EscalatedView {
  asked: PrintedName;
  askedOn: string;
  decision: string | null;
  decidedFor: string | null;
}

/** @schema MinutesDiscussedAction */
export interface DiscussedView {
  number: string;
  title: string;
  owner: string | null;
  outcome: DiscussionOutcome | null;
  note: string | null;
  status: ActionStatus;
  /** What was changed in the session, with the previous values; null if nothing was. */
  changes: ChangesContent | null;
  /** Who asked to discuss it, and when; null if nobody did. */
  discussionAsked: AskedContent | null;
  escalations: EscalatedView[];
  isConfidential: boolean;
}

/** @schema MinutesFinishedAction */
export interface FinishedView {
  number: string;
  title: string;
  owner: string | null;
  status: ActionStatus;
  doneOn: string | null;
  /** What came of it, or why it was cancelled. */
  result: string | null;
  /** What was noted about it in the session. */
  note: string | null;
  changes: ChangesContent | null;
  discussionAsked: AskedContent | null;
  escalations: EscalatedView[];
  isConfidential: boolean;
}

/** @schema MinutesOpenAction */
export interface StillOpenView {
  number: string;
  title: string;
  owner: string | null;
  coOwners: string[];
  deadline: StillOpenContent['deadline'];
  status: ActionStatus;
  isConfidential: boolean;
}

/** @schema MinutesItem */
export interface ItemView extends ItemContent {
  isConfidential: boolean;
  actions: RecordedView[];
}

/** @schema MinutesCorrection */
export interface CorrectionView extends CorrectionContent {
  isConfidential: boolean;
}

/**
 * Minutes of an earlier session, adopted by this one.
 * @schema MinutesAdopted
 */
export interface AdoptedView {
  sessionId: string;
  heldOn: string;
  kind: 'unchanged' | 'corrected';
  corrections: CorrectionView[];
}

/** A reader's copy: the parts that this reader may know, assembled as if there were no others. */
export interface MinutesView extends Pick<
  OpenContent,
  'meeting' | 'area' | 'heldOn' | 'startTime' | 'endTime' | 'place' | 'nextSession'
> {
  id: string;
  sessionId: string;
  state: MinutesState;
  /** The number of this version of the text. */
  number: number;
  reason: VersionReason;
  composedAt: string;
  hash: string;
  /** Whether no later version has replaced it. */
  isInForce: boolean;
  /** The time this version was sent; for one made by adoption or redaction, the time of its predecessor. */
  sentAt: string | null;
  adoptedAt: string | null;
  /** The session that adopted them; null if not adopted, or adopted in writing. */
  adoptedIn: { sessionId: string; heldOn: string } | null;
  chair: PrintedName | null;
  secretary: PrintedName | null;
  attendance: { present: AttendeeView[]; excused: AttendeeView[]; absent: AttendeeView[] };
  items: ItemView[];
  discussed: DiscussedView[];
  reportedDone: FinishedView[];
  decisions: { itemNumber: string; title: string; decision: string }[];
  actions: RecordedView[];
  /** What was decided about initiatives of the leefbaarheidsbudget. */
  initiatives: InitiativeContent[];
  /** The questions asked there, and their outcomes. */
  questions: QuestionContent[];
  /** The annex: earlier actions that were still open; empty if the meeting has none. */
  stillOpen: StillOpenView[];
  /** The corrections made when these minutes were adopted. */
  corrections: CorrectionView[];
  /** The earlier minutes adopted by this session. */
  adoptions: AdoptedView[];
  version: number;
}

/** @schema MinutesVersion */
export interface VersionView {
  number: number;
  reason: VersionReason;
  composedAt: string;
  hash: string;
}

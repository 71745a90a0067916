import type { AskedDiscussion } from '../../actions/discussions/asked-discussions.js';
import type { DiscussionKind, DiscussionOutcome } from '../../actions/discussions/discussion.entity.js';
import type { ActionStatus, DueKind } from '../../actions/action.entity.js';
import type { AttendanceStatus } from '../../meetings/attendance/attendance.entity.js';
import type { InitiativeContent } from '../../budget/decided-in-session.js';
import type { QuestionContent } from '../../questions/asked-in-session.js';
import type { AdoptionContent, CorrectionContent, ItemContent, OpenContent } from '../minutes-content.js';

export type SessionRow = Pick<OpenContent, 'heldOn' | 'startTime' | 'endTime' | 'place' | 'meeting' | 'area'> & {
  chair: PersonRow | null;
  secretary: PersonRow | null;
  nextSession: OpenContent['nextSession'];
};

/** A person with the function of that day. */
export interface PersonRow {
  personId: string;
  name: string;
  function: string | null;
}

export interface AttendanceRow {
  personId: string | null;
  name: string;
  function: string | null;
  organisation: string | null;
  isReplacement: boolean;
  status: AttendanceStatus;
}

export interface ItemRow extends ItemContent {
  id: string;
  position: number;
  isConfidential: boolean;
  partyIds: string[];
}

/** The state of an action. */
export type StandingRow = Pick<ActionRow, 'owner' | 'dueKind' | 'dueOn' | 'status' | 'resumeOn' | 'postponements'>;

export interface ActionRow {
  number: string;
  title: string;
  reference: string | null;
  agendaItemId: string | null;
  isConfidential: boolean;
  partyIds: string[];
  owner: string | null;
  ownerPerson: PersonRow | null;
  coOwners: string[];
  dueKind: DueKind | null;
  dueOn: string | null;
  status: ActionStatus;
  resumeOn: string | null;
  doneOn: string | null;
  result: string | null;
  isRecordedHere: boolean;
  postponements: number;
  discussion: { kind: DiscussionKind; outcome: DiscussionOutcome | null; note: string | null } | null;
  /**
   * Its state before what was entered in this session, and the comments entered with that; null if nothing was entered.
   */
  before: (StandingRow & { said: string[] }) | null;
  /** When a discussion was requested, and for which organisation; null if it was not. */
  discussionAsked: AskedDiscussion | null;
  escalations: { asked: PersonRow; askedOn: string; decision: string | null; decidedFor: string | null }[];
}

/** Minutes adopted in this session, with what was corrected in each of their parts. */
export interface AdoptionRow extends Omit<AdoptionContent, 'corrections'> {
  parts: { label: string; partyIds: string[]; corrections: CorrectionContent[] }[];
}

export interface Material {
  session: SessionRow;
  attendances: AttendanceRow[];
  items: ItemRow[];
  actions: ActionRow[];
  adoptions?: AdoptionRow[];
  initiatives?: InitiativeContent[];
  questions?: QuestionContent[];
  /** Whether the minutes list the earlier actions that are still open. */
  hasOpenAnnex?: boolean;
}

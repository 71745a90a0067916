import { IsIn } from 'class-validator';
import type { ActionStatus, DueKind } from '../actions/action.entity.js';
import { IsProse, Nullable, Omittable } from '../platform/common/input.js';
import { PageDto } from '../platform/common/paging.js';
import {
  DISCUSSION_OUTCOMES,
  type DiscussionKind,
  type DiscussionOutcome,
} from '../actions/discussions/discussion.entity.js';
import type { AskedDiscussion } from '../actions/discussions/asked-discussions.js';
import type { LastTime } from '../actions/discussions/last-time.js';
import type { SessionStep } from '../actions/escalations/session-steps.js';
import { type Section, SECTIONS } from './discussions.rules.js';

export class ChangeDiscussionDto {
  /** The outcome in the session. */
  @Nullable()
  @IsIn(DISCUSSION_OUTCOMES)
  outcome?: DiscussionOutcome | null;
  /** What was said about it, for the minutes. */
  @Nullable()
  @IsProse()
  note?: string | null;
}

/** No sort parameter: the order is the one of discussion. */
export class DiscussionListDto extends PageDto {
  /** Only discussions of this section of the list. */
  @Omittable()
  @IsIn(SECTIONS)
  section?: Section;
}

export interface DiscussionView {
  id: string;
  sessionId: string;
  actionId: string;
  kind: DiscussionKind;
  section: Section;
  outcome: DiscussionOutcome | null;
  note: string | null;
  number: string;
  title: string;
  /** The status today: an action on hold is open again from its resume date. */
  status: ActionStatus;
  ownerId: string | null;
  ownerName: string | null;
  dueKind: DueKind | null;
  dueOn: string | null;
  checkOn: string | null;
  daysOverdue: number;
  isHandedBack: boolean;
  isConfidential: boolean;
  /** Who was asked to decide about it, and their answers, as far as these are new to this meeting. */
  escalations: DiscussedStep[];
  /** Who asked to discuss it ("Bespreken"), if that is still waiting in an open session: it then comes first. */
  asked: AskedDiscussion | null;
  /** What was said about it last time: at an earlier session, else by its owner; null if nothing was. */
  lastTime: LastTime | null;
  version: number;
}

export type DiscussedStep = Omit<SessionStep, 'actionId'>;

/** The number of actions reported done that were accepted now. */
export interface ReportedAcceptanceView {
  accepted: number;
}

/** The number of acceptances that were undone. */
export interface AcceptanceUndoView {
  takenBack: number;
}

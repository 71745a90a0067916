import { IsIn } from 'class-validator';
import type { ActionStatus, DueKind } from '../actions/action.entity.js';
import { IsNumberInQuery, IsProse, Nullable, Omittable } from '../platform/common/input.js';
import {
  DISCUSSION_OUTCOMES,
  type DiscussionKind,
  type DiscussionOutcome,
} from '../actions/discussions/discussion.entity.js';
import type { LastTime } from '../actions/discussions/last-time.js';
import type { SessionStep } from '../actions/escalations/session-steps.js';
import { type Section, SECTIONS } from './discussions.rules.js';

export class ChangeDiscussionDto {
  @Nullable()
  @IsIn(DISCUSSION_OUTCOMES)
  outcome?: DiscussionOutcome | null;
  @Nullable()
  @IsProse()
  note?: string | null;
}

/** No sort parameter: the order is the one of discussion. */
export class DiscussionListDto {
  @Omittable()
  @IsNumberInQuery(1, 1_000_000)
  page: number = 1;
  @Omittable()
  @IsNumberInQuery(1, 200)
  pageSize: number = 50;
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
  /** Who was asked to decide about it and their answers, as far as these are new to this meeting. */
  escalations: DiscussedStep[];
  /** What was said about it last time: at an earlier session, else by its owner; null if nothing was. */
  lastTime: LastTime | null;
  version: number;
}

export type DiscussedStep = Omit<SessionStep, 'actionId'>;

export const DISCUSSION_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000081',
  sessionId: '019300a0-0000-7000-8000-000000000051',
  actionId: '019300a0-0000-7000-8000-000000000091',
  kind: 'open',
  section: 'urgent',
  outcome: 'discussed',
  note: 'BOR plant de schouw alsnog in.',
  number: 'BOS-12',
  title: 'Schouw rond het station',
  status: 'in_progress',
  ownerId: '019300a0-0000-7000-8000-000000000012',
  ownerName: 'BOR',
  dueKind: 'date',
  dueOn: '2026-05-26',
  checkOn: null,
  daysOverdue: 7,
  isHandedBack: false,
  isConfidential: false,
  escalations: [
    {
      step: 1,
      personId: '019300a0-0000-7000-8000-000000000111',
      personName: 'directeur Ruimte',
      text: 'De vergunning ligt acht weken stil. Wilt u beslissen wie haar afgeeft?',
      askedOn: '2026-05-12',
      decision: 'De afdeling VTH geeft haar af.',
      decidedFor: '2026-06-16',
      answeredAt: '2026-05-19T09:00:00.000Z',
    },
  ],
  lastTime: { on: '2026-05-12', saidBy: 'session', text: 'Wacht op de aannemer.', status: null },
  version: 2,
} satisfies DiscussionView;

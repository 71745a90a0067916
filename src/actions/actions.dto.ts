import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn } from 'class-validator';
import { IsCalendarDate } from '../platform/common/calendar-date.js';
import { IsFlagInQuery, IsId, IsLine, IsProse, Omittable } from '../platform/common/input.js';
import { PagingDto } from '../platform/common/paging.js';
import { PatchOf } from '../platform/common/patch-of.js';
import {
  ACTION_STATUSES,
  type ActionStatus,
  type Contribution,
  CONTRIBUTIONS,
  DUE_KINDS,
  type DueKind,
} from './action.entity.js';

const MOST_ORGANISATIONS = 50;

/** What an action recorded in a session may carry; owner and deadline may follow until it closes. */
export class CreateSessionActionDto {
  /** What is to be done. */
  @IsLine()
  title: string;
  @Omittable()
  @IsProse()
  details?: string;
  /** The area of the meeting, or one below it; the meeting's own when left out. */
  @Omittable()
  @IsId()
  areaId?: string;
  /** The agenda item it came from; of a confidential one it takes the parties. */
  @Omittable()
  @IsId()
  agendaItemId?: string;
  @Omittable()
  @IsLine(100)
  theme?: string;
  /** The one organisation that answers for it. */
  @Omittable()
  @IsId()
  ownerId?: string;
  /** A person of the owner. */
  @Omittable()
  @IsId()
  ownerPersonId?: string;
  @Omittable()
  @IsArray()
  @ArrayMaxSize(MOST_ORGANISATIONS)
  @ArrayUnique()
  @IsId({ each: true })
  coOwnerIds?: string[];
  /** `date` when only dueOn is given. */
  @Omittable()
  @IsIn(DUE_KINDS)
  dueKind?: DueKind;
  @Omittable()
  @IsCalendarDate()
  dueOn?: string;
  /** When to ask how an undated action stands: by default at the next session, else after 28 days. */
  @Omittable()
  @IsCalendarDate()
  checkOn?: string;
  /** The organisation that raised it. */
  @Omittable()
  @IsId()
  requestedById?: string;
  /** A zaak- or meldingnummer elsewhere. */
  @Omittable()
  @IsLine(100)
  reference?: string;
  @Omittable()
  @IsId()
  followsOnId?: string;
  /** The goal and the opgave that it serves. */
  @Omittable()
  @IsId()
  goalId?: string;
  @Omittable()
  @IsId()
  opgaveId?: string;
  @Omittable()
  @IsIn(CONTRIBUTIONS)
  contribution?: Contribution;
  @Omittable()
  @IsBoolean()
  isPublic?: boolean;
  @Omittable()
  @IsProse(1000)
  publicText?: string;
  @Omittable()
  @IsProse()
  expectedResult?: string;
  @Omittable()
  @IsBoolean()
  isConfidential?: boolean;
  /** The organisations that may know a confidential action. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(MOST_ORGANISATIONS)
  @ArrayUnique()
  @IsId({ each: true })
  partyIds?: string[];
}

/** An action recorded between sessions: owner and deadline are required. */
export class CreateActionDto extends CreateSessionActionDto {
  /** The meeting it belongs to; the meeting of its area when left out. */
  @Omittable()
  @IsId()
  meetingId?: string;
}

/** Once the minutes of its session are sent, parties of a confidential action can only be added. */
export class ChangeActionDto extends PatchOf(CreateSessionActionDto, {
  omittable: ['title', 'isPublic', 'coOwnerIds', 'partyIds'],
  nullable: [
    'details',
    'theme',
    'agendaItemId',
    'reference',
    'contribution',
    'expectedResult',
    'publicText',
    'requestedById',
    'followsOnId',
    'goalId',
    'opgaveId',
    'checkOn',
  ],
}) {}

export class WithdrawActionDto {
  @IsProse(2000)
  reason: string;
}

export class ActionListDto extends PagingDto {
  /** With everything below it. */
  @Omittable()
  @IsId()
  area?: string;
  @Omittable()
  @IsId()
  meeting?: string;
  /** The session in which it was recorded. */
  @Omittable()
  @IsId()
  session?: string;
  /** Owner or co-owner. */
  @Omittable()
  @IsId()
  organisation?: string;
  @Omittable()
  @IsId()
  person?: string;
  @Omittable()
  @IsIn(ACTION_STATUSES)
  status?: ActionStatus;
  @Omittable()
  @IsLine(100)
  theme?: string;
  @Omittable()
  @IsId()
  goal?: string;
  /** `true`: only what is overdue. */
  @Omittable()
  @IsFlagInQuery()
  overdue?: boolean;
  /** `true`: only what is not done or cancelled. */
  @Omittable()
  @IsFlagInQuery()
  open?: boolean;
  /** `true`: only what the own organisations own or co-own, or what is in the own name. */
  @Omittable()
  @IsFlagInQuery()
  mine?: boolean;
  /** `true`: only what the own organisations asked for. */
  @Omittable()
  @IsFlagInQuery()
  asked?: boolean;
  /** `true`: only what was handed back and waits for a new owner. */
  @Omittable()
  @IsFlagInQuery()
  handedBack?: boolean;
  /** The actions as they stood at the end of this day. */
  @Omittable()
  @IsCalendarDate()
  asOf?: string;
  /**
   * Words of the number, the title, the details, the result, the theme or the names of owner and co-owners, each by its
   * beginning; all of them, as they are now. Accents and capitals do not matter.
   */
  @Omittable()
  @IsLine()
  q?: string;
}

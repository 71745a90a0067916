import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn } from 'class-validator';
import { IsCalendarDate } from '../platform/common/is-calendar-date.js';
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
  UNVERSIONED_FIELDS,
} from './action.entity.js';

const MOST_ORGANISATIONS = 50;

/** A domain rule, as worded in the OpenAPI document. */
export const CONFIDENTIAL_PARTIES =
  "The parties of a confidential action include the owner, the co-owners and the caller's own organisation: for anyone else " +
  'the action does not exist, so a chair who is not a party could not read, change or follow it.';

/** The fields of an action recorded in a session; owner and deadline may follow until it closes. */
export class CreateSessionActionDto {
  /** What is to be done. */
  @IsLine()
  title: string;
  /** Background and agreements, in addition to the title. */
  @Omittable()
  @IsProse()
  details?: string;
  /** The area of the meeting, or one below it; defaults to the meeting's own. */
  @Omittable()
  @IsId()
  areaId?: string;
  /** The agenda item it came from; the action inherits the parties of a confidential one. */
  @Omittable()
  @IsId()
  agendaItemId?: string;
  /** The theme of the wijkagenda it belongs to. */
  @Omittable()
  @IsLine(100)
  theme?: string;
  /** The one organisation responsible for it. */
  @Omittable()
  @IsId()
  ownerId?: string;
  /** A person of the owner. */
  @Omittable()
  @IsId()
  ownerPersonId?: string;
  /** Other organisations that work on it; at most 50. */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(MOST_ORGANISATIONS)
  @ArrayUnique()
  @IsId({ each: true })
  coOwnerIds?: string[];
  /** Defaults to `date` if only dueOn is given. */
  @Omittable()
  @IsIn(DUE_KINDS)
  dueKind?: DueKind;
  /** The deadline, the last day on which it is in time; required with `dueKind` `date`. */
  @Omittable()
  @IsCalendarDate()
  dueOn?: string;
  /** The day to ask for the status of an undated action; defaults to the next session, else 28 days later. */
  @Omittable()
  @IsCalendarDate()
  checkOn?: string;
  /** The organisation that raised it; defaults to the one that put its agenda item on the agenda. */
  @Omittable()
  @IsId()
  requestedById?: string;
  /** A zaak- or meldingnummer elsewhere. */
  @Omittable()
  @IsLine(100)
  reference?: string;
  /** The earlier action that it continues. */
  @Omittable()
  @IsId()
  followsOnId?: string;
  /** The goal it serves. */
  @Omittable()
  @IsId()
  goalId?: string;
  /** The opgave it serves. */
  @Omittable()
  @IsId()
  opgaveId?: string;
  /** What the owner does: think along, take part, or carry it out. */
  @Omittable()
  @IsIn(CONTRIBUTIONS)
  contribution?: Contribution;
  /** Whether everyone may know it once the wijkagenda is published; defaults to false. */
  @Omittable()
  @IsBoolean()
  isPublic?: boolean;
  /** What the public reads instead of the title. */
  @Omittable()
  @IsProse(1000)
  publicText?: string;
  /** What will be different when it is done. */
  @Omittable()
  @IsProse()
  expectedResult?: string;
  /** Whether only its parties may know it; defaults to false. */
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
  /** The meeting it belongs to; defaults to the meeting of its area. */
  @Omittable()
  @IsId()
  meetingId?: string;
}

/** Once the minutes of its session are sent, parties of a confidential action can only be added. */
export class ChangeActionDto extends PatchOf(CreateSessionActionDto, {
  omittable: ['title', 'isPublic', 'coOwnerIds', 'partyIds'],
  nullable: ['theme', 'checkOn', ...UNVERSIONED_FIELDS],
}) {}

export class WithdrawActionDto {
  /** Why it was a mistake. */
  @IsProse(2000)
  reason: string;
}

export class ActionListDto extends PagingDto {
  /** Including everything below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only actions of this meeting, and of the one that it goes on in since areas were merged. */
  @Omittable()
  @IsId()
  meeting?: string;
  /** The session in which it was recorded. */
  @Omittable()
  @IsId()
  session?: string;
  /** The owner or a co-owner; the organisations it was merged with count as the same, except with `asOf`. */
  @Omittable()
  @IsId()
  organisation?: string;
  /** The owner; actions it only co-owns are left out. */
  @Omittable()
  @IsId()
  owner?: string;
  /** Only actions in the name of this person. */
  @Omittable()
  @IsId()
  person?: string;
  /** Only actions with exactly this `reference`, the number of a zaak or melding elsewhere. */
  @Omittable()
  @IsLine(100)
  reference?: string;
  /** Only actions with this status on the day. */
  @Omittable()
  @IsIn(ACTION_STATUSES)
  status?: ActionStatus;
  /** Only actions of this theme. */
  @Omittable()
  @IsLine(100)
  theme?: string;
  /** Only actions whose theme belongs to this domain, as in `THEME_DOMAINS`; none if there is no such domain. */
  @Omittable()
  @IsLine(50)
  domain?: string;
  /** Only actions that serve this goal. */
  @Omittable()
  @IsId()
  goal?: string;
  /** Only actions that serve this opgave, by themselves or through their goal. */
  @Omittable()
  @IsId()
  opgave?: string;
  /** Only actions due on this day or later. */
  @Omittable()
  @IsCalendarDate()
  dueFrom?: string;
  /** Only actions due on this day or earlier. */
  @Omittable()
  @IsCalendarDate()
  dueUntil?: string;
  /** `true`: only overdue actions; `false`: only others. */
  @Omittable()
  @IsFlagInQuery()
  overdue?: boolean;
  /** `true`: only actions that are not done or cancelled; `false`: only those that are. */
  @Omittable()
  @IsFlagInQuery()
  open?: boolean;
  /** `true`: only actions owned or co-owned by your organisations, or in your own name. */
  @Omittable()
  @IsFlagInQuery()
  mine?: boolean;
  /** `true`: only actions requested by your organisations. */
  @Omittable()
  @IsFlagInQuery()
  asked?: boolean;
  /** `true`: only actions that have an owner, in areas of which you are a chair. */
  @Omittable()
  @IsFlagInQuery()
  chaired?: boolean;
  /** `true`: only actions handed back and waiting for a new owner. */
  @Omittable()
  @IsFlagInQuery()
  handedBack?: boolean;
  /** The actions in their state at the end of this day. */
  @Omittable()
  @IsCalendarDate()
  asOf?: string;
  /**
   * Words, each matched by prefix, in the current number, title, details, result, theme, reference, or names of owner
   * and co-owners; all must match. Accents and case are ignored.
   */
  @Omittable()
  @IsLine()
  q?: string;
}

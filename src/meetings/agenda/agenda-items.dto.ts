import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import { IsId, IsLine, IsProse, Nullable, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';
import { PatchOf } from '../../platform/common/patch-of.js';
import { ITEM_STATES, type ItemState } from './agenda-item.entity.js';
import { ITEM_KINDS, type ItemKind } from '../meeting.entity.js';
import { AGENDA_STATES } from './item-states.rules.js';

export class CreateAgendaItemDto {
  /** The subject, as printed on the agenda. */
  @IsLine()
  title: string;
  /** Defaults to `topic`. */
  @Omittable()
  @IsIn(ITEM_KINDS)
  kind?: ItemKind;
  /** The organisation that raises it; for partners one of their own. */
  @Omittable()
  @IsId()
  proposedById?: string;
  /** How many minutes it is planned to take. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(600)
  plannedMinutes?: number;
  /** Known only to the organisations in `partyIds`. */
  @Omittable()
  @IsBoolean()
  isConfidential?: boolean;
  /** The organisations that may know a confidential item; must include the caller's own. */
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsId({ each: true })
  partyIds?: string[];
}

export class ChangeAgendaItemDto extends PatchOf(CreateAgendaItemDto, {
  omittable: ['title'],
  nullable: ['proposedById', 'plannedMinutes'],
}) {
  /** What was said, for the minutes; requires an open session. */
  @Nullable()
  @IsProse()
  notes?: string | null;
  /** What was decided; requires an open session. */
  @Nullable()
  @IsProse()
  decision?: string | null;
  /** The outcome of the item; requires an open session. */
  @Omittable()
  @IsIn(AGENDA_STATES)
  state?: (typeof AGENDA_STATES)[number];
  /** The position on the agenda, from 1; numbers follow it until the invitation or the minutes have been sent. */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(1000)
  position?: number;
}

export class AcceptanceDto {
  /** Whether the proposal is put on the agenda. */
  @IsBoolean()
  isAccepted: boolean;
  /** Required when declining. */
  @Omittable()
  @IsProse(2000)
  reason?: string;
}

export class AgendaItemListDto extends PagingDto {
  /** Only items in this state. */
  @Omittable()
  @IsIn(ITEM_STATES)
  state?: ItemState;
}

export interface AgendaItemView {
  id: string;
  sessionId: string;
  number: string;
  /** The position among the items visible to the caller. */
  position: number;
  kind: ItemKind;
  title: string;
  notes: string | null;
  decision: string | null;
  state: ItemState;
  proposedById: string | null;
  proposedByName: string | null;
  plannedMinutes: number | null;
  /** The number of papers that belong to it. */
  fileCount: number;
  declineReason: string | null;
  carriedFromId: string | null;
  isConfidential: boolean;
  partyIds: string[];
  version: number;
}

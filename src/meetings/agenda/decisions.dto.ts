import { IsCalendarDate } from '../../platform/common/is-calendar-date.js';
import { IsId, IsLine, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';

export class DecisionListDto extends PagingDto {
  /** An area, including everything below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** Only decisions of this meeting. */
  @Omittable()
  @IsId()
  meeting?: string;
  /** Sessions from this day. */
  @Omittable()
  @IsCalendarDate()
  from?: string;
  /** Sessions up to this day. */
  @Omittable()
  @IsCalendarDate()
  until?: string;
  /** Part of the decision or of its item's title. */
  @Omittable()
  @IsLine()
  q?: string;
}

export interface DecisionView {
  /** The id of the agenda item. */
  id: string;
  /** Area code, session day, item number. */
  number: string;
  title: string;
  decision: string;
  heldOn: string;
  sessionId: string;
  meetingId: string;
  meetingName: string;
  areaId: string;
  areaName: string;
  isConfidential: boolean;
  partyIds: string[];
}

import { IsCalendarDate } from '../../platform/common/calendar-date.js';
import { IsId, IsLine, Omittable } from '../../platform/common/input.js';
import { PagingDto } from '../../platform/common/paging.js';

export class DecisionListDto extends PagingDto {
  /** An area, including everything below it. */
  @Omittable()
  @IsId()
  area?: string;
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

export const DECISION_EXAMPLE = {
  id: '019300a0-0000-7000-8000-000000000061',
  number: 'BOS-2026-03-03/3',
  title: 'Zwerfvuil rond het station',
  decision: 'BOR ruimt voortaan twee keer per week op.',
  heldOn: '2026-03-03',
  sessionId: '019300a0-0000-7000-8000-000000000051',
  meetingId: '019300a0-0000-7000-8000-000000000021',
  meetingName: 'Professionaloverleg Boskoop',
  areaId: '019300a0-0000-7000-8000-000000000002',
  areaName: 'Boskoop',
  isConfidential: false,
  partyIds: [] as string[],
} satisfies DecisionView;

import { IsId, Omittable } from '../../platform/common/input.js';

export class CreateCalendarFeedDto {
  /** Only this meeting, with the deadlines of its actions; left out: all meetings at which you sit, with your own deadlines. */
  @Omittable()
  @IsId()
  meetingId?: string;
}

export interface CalendarFeedView {
  id: string;
  meetingId: string | null;
  meetingName: string | null;
  createdAt: string;
  version: number;
}

export const CALENDAR_FEED_EXAMPLE = {
  id: '019300a0-0000-7000-8000-0000000000c1',
  meetingId: '019300a0-0000-7000-8000-000000000021',
  meetingName: 'Professionaloverleg Boskoop',
  createdAt: '2026-06-01T08:00:00.000Z',
  version: 1,
} satisfies CalendarFeedView;

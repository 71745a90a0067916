import { IsId, Omittable } from '../../platform/common/input.js';

export class CreateCalendarFeedDto {
  /** This meeting only, with the deadlines of its actions. Defaults to all your meetings, with your own deadlines. */
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

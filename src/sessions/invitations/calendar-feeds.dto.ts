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

export type NewCalendarFeedView = CalendarFeedView & {
  /** The secret URL of the feed, shown only here. */
  url: string;
};

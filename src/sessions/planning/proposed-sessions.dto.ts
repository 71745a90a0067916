import { IsNumberInQuery, Omittable } from '../../platform/common/input.js';

export class ProposedSessionListDto {
  /** The number of days to propose. */
  @Omittable()
  @IsNumberInQuery(1, 60)
  count: number = 6;
}

/** A proposed day for a session: POST these fields, except `startsAt`, to the sessions of the meeting. */
interface ProposedSession {
  heldOn: string;
  /** Local time. */
  startTime: string | null;
  endTime: string | null;
  place: string | null;
  /** The instant of the local time; null for a meeting without one. */
  startsAt: string | null;
}

export interface ProposedSessionList {
  items: ProposedSession[];
}

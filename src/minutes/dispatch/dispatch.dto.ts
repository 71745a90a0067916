import { IsInt, Max, Min } from 'class-validator';
import { Omittable } from '../../platform/common/input.js';

export class SendMinutesDto {
  /** How many minutes to wait before sending, so that it can be held back; 0 sends immediately. */
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(60)
  holdMinutes?: number;
}

/** @schema MinutesRecipient */
export interface RecipientView {
  name: string;
  /** Only for chairs. */
  address: string | null;
  state: string;
  sentAt: string | null;
  /** Only for chairs. */
  serverWords: string | null;
}

/** @schema MinutesDispatch */
export interface DispatchView {
  sessionId: string;
  /** When it was last sent; null while it is waiting to be sent for the first time. */
  sentAt: string | null;
  /** When the version in force will be sent automatically, unless it is held back; null if it is not waiting. */
  sendsAt: string | null;
  /** The number of the version that was last sent, or that is waiting. */
  number: number;
  recipients: RecipientView[];
  version: number;
}

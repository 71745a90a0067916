import { IsInt, Max, Min } from 'class-validator';
import { Omittable } from '../../platform/common/input.js';

export class SendMinutesDto {
  /** How many minutes it waits, so that it can be held back; 0 sends it at once. */
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
  /** When it was sent last; null while it waits for the first time. */
  sentAt: string | null;
  /** When the version in force is sent by itself, unless it is held back; null if it does not wait. */
  sendsAt: string | null;
  /** The number of the version sent last, or that waits. */
  number: number;
  recipients: RecipientView[];
  version: number;
}

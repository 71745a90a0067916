import { conflict, invalid } from '../platform/common/problems.js';
import type { Session } from './session.entity.js';

/** The local time at which a meeting of this many minutes ends; null if unknown or past midnight. */
export function endOf(startTime: string | null, minutes: number | null): string | null {
  if (startTime === null || minutes === null) return null;
  const [hour, minute] = startTime.split(':').map(Number);
  const end = hour! * 60 + minute! + minutes;
  if (end >= 24 * 60) return null;
  return `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
}

/** 409 `SESSION_AHEAD` before the day of a session: until then it cannot be opened or closed, nor its minutes sent. */
export function mustNotLieAhead({ heldOn }: Pick<Session, 'heldOn'>, today: string): void {
  if (heldOn <= today) return;
  throw conflict('SESSION_AHEAD', `This session is on ${heldOn}. To hold it now, move it to today first.`);
}

/** 400 unless a session ends after it began; both local times, `HH:MM`. */
export function mustEndAfter(startTime: string | null, heldUntil: string | undefined): void {
  if (startTime === null || heldUntil === undefined || heldUntil > startTime) return;
  throw invalid([{ field: 'heldUntil', message: `heldUntil must be after ${startTime}` }]);
}

/** Whether it is closed, or was before being reopened. Sessions that were never closed count in no review. */
export const hasBeenClosed = ({ state, reopeningReason }: Pick<Session, 'state' | 'reopeningReason'>): boolean =>
  state === 'closed' || reopeningReason !== null;

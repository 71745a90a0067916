import { conflict, invalid } from '../platform/common/problems.js';
import type { Session } from './session.entity.js';

const DAY_MINUTES = 24 * 60;
/** A session that ends on the next day lasts at most so many minutes; one that would last longer has a mistyped time. */
const LONGEST_NIGHT = 8 * 60;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * The minutes between two local times, `HH:MM`. An end that is not later than the start is on the next day; null if the
 * session would last longer than eight hours because of it.
 */
export function minutesBetween(start: string, end: string): number | null {
  const lasted = minutesOf(end) - minutesOf(start);
  if (lasted > 0) return lasted;
  return lasted + DAY_MINUTES <= LONGEST_NIGHT ? lasted + DAY_MINUTES : null;
}

/** The same in SQL, of two columns or expressions. */
export function minutesBetweenSql(start: string, end: string): string {
  const minutes = (time: string): string =>
    `(CAST(substr(${time}, 1, 2) AS integer) * 60 + CAST(substr(${time}, 4, 2) AS integer))`;
  const lasted = `(${minutes(end)} - ${minutes(start)})`;
  return `CASE WHEN ${lasted} > 0 THEN ${lasted}
    WHEN ${lasted} + ${DAY_MINUTES} <= ${LONGEST_NIGHT} THEN ${lasted} + ${DAY_MINUTES} END`;
}

/** The local time at which a meeting of this many minutes ends; null if unknown, or too late on the next day. */
export function endOf(startTime: string | null, minutes: number | null): string | null {
  if (startTime === null || minutes === null) return null;
  const end = minutesOf(startTime) + minutes;
  if (end >= DAY_MINUTES && minutes > LONGEST_NIGHT) return null;
  const [hour, minute] = [Math.floor(end / 60) % 24, end % 60];
  return [hour, minute].map((one) => String(one).padStart(2, '0')).join(':');
}

/** The day that counts for what is recorded in a session: its own, also if it is entered later; today if it lies ahead. */
export const dayInSession = ({ heldOn }: Pick<Session, 'heldOn'>, today: string): string =>
  heldOn < today ? heldOn : today;

/** Whether the day of a planned session passed without anybody opening it. */
export const wentUnheld = ({ state, heldOn }: Pick<Session, 'state' | 'heldOn'>, today: string): boolean =>
  state === 'planned' && heldOn < today;

/** 409 `SESSION_AHEAD` before the day of a session: until then it cannot be opened or closed, nor its minutes sent. */
export function mustNotLieAhead({ heldOn }: Pick<Session, 'heldOn'>, today: string): void {
  if (heldOn <= today) return;
  throw conflict('SESSION_AHEAD', `This session is on ${heldOn}. To hold it now, move it to today first.`);
}

/**
 * 400 unless a session ended after it began, at a local time (`HH:MM`) of its own day or, once that has begun, of the
 * night after it.
 */
export function mustEndAfter(
  { heldOn }: Pick<Session, 'heldOn'>,
  startTime: string | null,
  heldUntil: string | undefined,
  today: string,
): void {
  if (startTime === null || heldUntil === undefined || heldUntil > startTime) return;
  if (heldOn < today && minutesBetween(startTime, heldUntil) !== null) return;
  throw invalid([
    { field: 'heldUntil', message: `heldUntil must be after ${startTime}, or in the night that followed` },
  ]);
}

/** Whether it is closed, or was before being reopened. Sessions that were never closed count in no review. */
export const hasBeenClosed = ({ state, reopeningReason }: Pick<Session, 'state' | 'reopeningReason'>): boolean =>
  state === 'closed' || reopeningReason !== null;

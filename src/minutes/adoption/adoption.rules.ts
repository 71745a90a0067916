import { addDays, dayOf } from '../../platform/common/calendar-date.js';
import type { FieldError } from '../../platform/common/problems.js';

/** How long an objection can be made to minutes that are adopted in writing, counted from the day of sending. */
export const OBJECTION_DAYS = 14;

export interface AdoptionRequest {
  sessionId?: string;
  kind: 'unchanged' | 'corrected';
  corrections: readonly { item: string; old: string; new: string }[];
}

/** Everything wrong with an adoption as it is asked for, before looking at the minutes. */
export function adoptionViolations({ sessionId, kind, corrections }: AdoptionRequest): FieldError[] {
  const errors: FieldError[] = [];
  if (kind === 'unchanged' && corrections.length > 0)
    errors.push({ field: 'corrections', message: 'corrections must be empty when kind is unchanged' });
  if (kind === 'corrected' && corrections.length === 0)
    errors.push({ field: 'corrections', message: 'corrections must name what is corrected' });
  if (kind === 'corrected' && sessionId === undefined)
    errors.push({ field: 'sessionId', message: 'sessionId must name the session that decides on corrections' });
  return errors;
}

export interface Dated {
  id: string;
  heldOn: string;
  startTime: string | null;
}

const placeOf = ({ heldOn, startTime, id }: Dated): string => [heldOn, startTime ?? '', id].join(' ');

/** Whether a session comes after another one; of two on the same day the one that starts later. */
export const isLater = (session: Dated, than: Dated): boolean => placeOf(session) > placeOf(than);

export interface WrittenCase {
  isAllowed: boolean;
  sentAt: string;
  objections: readonly string[];
  today: string;
}

/** Why minutes cannot be adopted in writing (yet): a code and a sentence; null when they can. */
export function writtenAdoptionViolation({ isAllowed, sentAt, objections, today }: WrittenCase) {
  if (!isAllowed)
    return { code: 'WRITTEN_ADOPTION_NOT_ALLOWED', detail: 'This meeting adopts its minutes in a session.' };
  const lastDay = addDays(dayOf(sentAt), OBJECTION_DAYS);
  if (objections.some((at) => at >= sentAt && dayOf(at) <= lastDay))
    return { code: 'MINUTES_OBJECTED', detail: 'Someone objected: these minutes are adopted in a session.' };
  if (today <= lastDay)
    return { code: 'OBJECTION_TERM_RUNNING', detail: `Objections can be made until ${lastDay}, that day included.` };
  return null;
}

import { addDays, dayOf } from '../../platform/common/calendar-date.js';
import type { FieldError } from '../../platform/common/problems.js';

/** The number of days to object to minutes that are adopted in writing, counted from the day of sending. */
export const OBJECTION_DAYS = 14;

interface AdoptionRequest {
  sessionId?: string;
  kind: 'unchanged' | 'corrected';
  corrections: readonly { item: string; old: string; new: string }[];
}

/** All violations in an adoption request, before the minutes are looked at. */
export function adoptionViolations({ sessionId, kind, corrections }: AdoptionRequest): FieldError[] {
  const errors: FieldError[] = [];
  if (kind === 'unchanged' && corrections.length > 0)
    errors.push({ field: 'corrections', message: 'corrections must be empty when kind is unchanged' });
  if (kind === 'corrected' && corrections.length === 0)
    errors.push({ field: 'corrections', message: 'corrections must contain at least one correction' });
  if (kind === 'corrected' && sessionId === undefined)
    errors.push({
      field: 'sessionId',
      message: 'sessionId is required for corrections: the session that decides on them',
    });
  return errors;
}

interface Dated {
  id: string;
  heldOn: string;
  startTime: string | null;
}

const placeOf = ({ heldOn, startTime, id }: Dated): string => [heldOn, startTime ?? '', id].join(' ');

/** Whether a session comes after another one; on the same day the one that starts later. */
export const isLater = (session: Dated, than: Dated): boolean => placeOf(session) > placeOf(than);

interface WrittenCase {
  isAllowed: boolean;
  sentAt: string;
  objections: readonly string[];
  today: string;
}

/** Why minutes cannot be adopted in writing (yet): a code and a sentence; null if they can. */
export function writtenAdoptionViolation({ isAllowed, sentAt, objections, today }: WrittenCase) {
  if (!isAllowed)
    return {
      code: 'WRITTEN_ADOPTION_NOT_ALLOWED',
      detail: 'This meeting does not adopt its minutes in writing.',
    } as const;
  const lastDay = addDays(dayOf(sentAt), OBJECTION_DAYS);
  if (objections.some((at) => at >= sentAt && dayOf(at) <= lastDay))
    return {
      code: 'MINUTES_OBJECTED',
      detail: 'Someone objected: these minutes can only be adopted in a session.',
    } as const;
  if (today <= lastDay)
    return {
      code: 'OBJECTION_TERM_RUNNING',
      detail: `Objections can be made up to and including ${lastDay}.`,
    } as const;
  return null;
}

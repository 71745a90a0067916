import { hasReach } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { addDays, inDutch } from '../../platform/common/calendar-date.js';
import type { Audience } from '../../web/audience.rules.js';
import { BLOCKS, type StartBlock } from './start.view.js';

/** Whether the caller sees the published results: council members and others who only read, and those with no role at all. */
export function readsPublished(audience: Audience): boolean {
  const { isChair, isPartner, isAdministrator, isBestuurder, isReader, isMember, isOfficer } = audience;
  if (isChair || isPartner || isAdministrator || isBestuurder) return false;
  return isReader || !(isMember || isOfficer);
}

/** Whether the state of the service is the caller's concern. */
export const runsService = (caller: Caller): boolean => hasReach(caller, 'operations.read', 'all');

/** The blocks in order, without those that have no content. */
export function inOrder(blocks: readonly (StartBlock | null)[]): StartBlock[] {
  const rank = ({ id }: StartBlock): number => BLOCKS.indexOf(id);
  return blocks.filter((block) => block !== null).sort((one, other) => rank(one) - rank(other));
}

/** How long before its start a session takes the whole page, in minutes. */
const SOON_MINUTES = 60;

interface Timed {
  heldOn: string;
  startTime: string | null;
  state: string;
}

/**
 * Whether a session takes the whole page: while it is open, and on its day from one hour before its start. Without a
 * time, it does so only once it is open. `time` is `HH:MM`, local.
 */
export function isNow({ heldOn, startTime, state }: Timed, today: string, time: string): boolean {
  if (state === 'open') return heldOn === today;
  if (heldOn !== today || startTime === null) return false;
  return minutesOf(startTime) - minutesOf(time) <= SOON_MINUTES;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** "vandaag", "morgen", or the day in words. */
export function dayWords(day: string, today: string): string {
  if (day === today) return 'vandaag';
  return day === addDays(today, 1) ? 'morgen' : inDutch(day);
}

/** "12 dagen te laat". */
export const lateWords = (days: number): string => `${days} ${days === 1 ? 'dag' : 'dagen'} te laat`;

/** "1 actie", "3 acties". */
export const counted = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** The only text of a confidential action on this page, as in a mail. */
export const CONFIDENTIAL_TITLE = 'vertrouwelijke actie';

import type { ResolvedContact } from '../../directory/people/contact-resolver.rules.js';
import { mayKnow } from '../../platform/access/confidentiality.js';
import { isCalendarDate } from '../../platform/common/calendar-date.js';

/** A replacement, who also receives the mail of an absent person until a date. */
export interface Replacement extends ResolvedContact {
  forPersonId: string;
}

/** The organisations each person acts for today, as far as relevant to confidential actions. */
export type Members = ReadonlyMap<string, readonly string[]>;

/** Whether mail to this person may mention the action: a contact of an organisation need not be a member of it. */
export const isTold = (
  { personId, isShared }: ResolvedContact,
  members: Members,
  isConfidential: boolean,
  partyIds: readonly string[],
): boolean => mayKnow({ organisationIds: members.get(personId) ?? [], isShared }, isConfidential, partyIds);

interface Responsibility {
  /** The owner or a co-owner. */
  organisationId: string;
  isConfidential: boolean;
  /** The organisations that may know it, if it is confidential. */
  partyIds: readonly string[];
}

/**
 * The recipients of mail about an action: the owner's person if they did not leave it and can receive mail, else the
 * organisation's contact; and their replacements. Mail about a confidential action goes only to an organisation that may know it, and there
 * only to people who may.
 */
export function recipientsOf(
  action: Responsibility,
  ownerPerson: ResolvedContact | null,
  contact: ResolvedContact | null,
  replacements: readonly Replacement[],
  members: Members,
): ResolvedContact[] {
  const first = ownerPerson ?? contact;
  if (!first) return [];
  const stands = replacements.filter(
    ({ forPersonId, personId }) => forPersonId === first.personId && personId !== forPersonId,
  );
  const { isConfidential, partyIds, organisationId } = action;
  if (isConfidential && !partyIds.includes(organisationId)) return [];
  return [first, ...stands].filter((person) => isTold(person, members, isConfidential, partyIds));
}

export interface DigestWishes {
  active: boolean;
  email: string | null;
  isDigestStopped: boolean;
  digestPausedUntilOn: string | null;
}

/** Whether somebody paused their digest on that day; a pause includes its last day. */
export const isPausedOn = (untilOn: string | null, day: string): untilOn is string =>
  untilOn !== null && untilOn >= day;

/** Whether it can be paused until the end of that day: a calendar date that has not passed. */
export const mayPauseUntil = (day: unknown, today: string): day is string => isCalendarDate(day) && day >= today;

/** Why a person does not receive a digest on that day; null if they do. */
export function obstacleFor(person: DigestWishes, today: string): 'inactive' | 'stopped' | 'paused' | null {
  if (!person.active || person.email === null) return 'inactive';
  if (person.isDigestStopped) return 'stopped';
  return isPausedOn(person.digestPausedUntilOn, today) ? 'paused' : null;
}

import type { ResolvedContact } from '../../directory/organisations/contact-resolver.rules.js';
import { mayKnow } from '../../platform/access/confidentiality.js';

/** Whoever is away, and who gets the mail too until a date. */
export interface Replacement extends ResolvedContact {
  forPersonId: string;
}

/** The organisations each person acts for today, as far as it matters for what is confidential. */
export type Members = ReadonlyMap<string, readonly string[]>;

/** Whether mail to this person may tell of something: who answers for an organisation need not belong to it. */
export const isTold = (
  { personId, isShared }: ResolvedContact,
  members: Members,
  isConfidential: boolean,
  partyIds: readonly string[],
): boolean => mayKnow({ organisationIds: members.get(personId) ?? [], isShared }, isConfidential, partyIds);

export interface Responsibility {
  /** The owner or a co-owner. */
  organisationId: string;
  isConfidential: boolean;
  /** The organisations that may know it, when it is confidential. */
  partyIds: readonly string[];
}

/**
 * Who gets the mail about an action: the owner's person when there is one to mail, else whoever answers for the
 * organisation; a replacement too. What is confidential goes only to an organisation that may know it, and there to people
 * who may.
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

/** Whether a person gets a digest at all on that day; a pause ends after its last day. */
export function obstacleFor(person: DigestWishes, today: string): 'inactive' | 'stopped' | 'paused' | null {
  if (!person.active || person.email === null) return 'inactive';
  if (person.isDigestStopped) return 'stopped';
  return person.digestPausedUntilOn !== null && person.digestPausedUntilOn >= today ? 'paused' : null;
}

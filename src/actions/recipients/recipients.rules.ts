import type { Answering } from '../../directory/organisations/answering.rules.js';

/** Whoever is away, and who gets the mail too until a date. */
export interface Replacement extends Answering {
  forPersonId: string;
}

/** The members of today of each organisation, as far as it matters for what is confidential. */
export type Members = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether somebody is a member of one of these organisations. */
export const isMemberOf = (members: Members, personId: string, organisationIds: readonly string[]): boolean =>
  organisationIds.some((id) => members.get(id)?.has(personId));

export interface Responsibility {
  /** The owner or a co-owner. */
  organisationId: string;
  isConfidential: boolean;
  /** The organisations that may know it, when it is confidential. */
  partyIds: readonly string[];
}

/**
 * Who gets the mail about an action: the owner's person when there is one to mail, else whoever answers for the
 * organisation; a replacement too. What is confidential goes only to an organisation that may know it, to people who are
 * members of one that may, and never to a shared mailbox: who answers for an organisation need not belong to it.
 */
export function recipientsOf(
  action: Responsibility,
  ownerPerson: Answering | null,
  contact: Answering | null,
  replacements: readonly Replacement[],
  members: Members,
): Answering[] {
  const first = ownerPerson ?? contact;
  if (!first) return [];
  const stands = replacements.filter(
    ({ forPersonId, personId }) => forPersonId === first.personId && personId !== forPersonId,
  );
  if (!action.isConfidential) return [first, ...stands];
  if (!action.partyIds.includes(action.organisationId)) return [];
  return [first, ...stands].filter(
    ({ personId, isShared }) => !isShared && isMemberOf(members, personId, action.partyIds),
  );
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

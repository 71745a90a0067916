import type { ResolvedContact } from '../../directory/people/contact-resolver.rules.js';
import type { LineFacts } from './digest-lines.rules.js';

/** An open action and an organisation that does it, with the recipients of mail about it. */
export interface Assignment extends LineFacts {
  organisationId: string;
  organisationName: string;
  partyIds: string[];
  meetingId: string | null;
  recipients: ResolvedContact[];
}

/** The owner's person, if they did not leave it and can be mailed. */
export interface NamedPerson {
  personId: string | null;
  personName: string | null;
  personEmail: string | null;
  personIsShared: boolean;
}

export type FoundAssignment = Omit<Assignment, 'partyIds' | 'recipients'> & NamedPerson;

export function personOf({ personId, personName, personEmail, personIsShared }: NamedPerson): ResolvedContact | null {
  if (!personId || !personName || !personEmail) return null;
  return { personId, name: personName, email: personEmail, isShared: personIsShared };
}

/** Field by field: of every mail there are ten, and what spreading leaves takes ten times the time, and more memory. */
export const toAssignment = (
  found: FoundAssignment,
  partyIds: string[],
  recipients: ResolvedContact[],
): Assignment => ({
  actionId: found.actionId,
  number: found.number,
  title: found.title,
  areaId: found.areaId,
  areaName: found.areaName,
  status: found.status,
  resumeOn: found.resumeOn,
  dueOn: found.dueOn,
  checkOn: found.checkOn,
  isConfidential: found.isConfidential,
  organisationId: found.organisationId,
  organisationName: found.organisationName,
  meetingId: found.meetingId,
  sessionOn: found.sessionOn,
  partyIds,
  recipients,
});

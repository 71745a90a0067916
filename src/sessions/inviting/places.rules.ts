import { INVITATION_ROLES, type InvitationRole } from '../../meetings/invitation.entity.js';
import type { InvitationView } from '../../meetings/invitations.dto.js';
import { isId } from '../../platform/common/ids.js';
import type { Participant } from '../../meetings/participants.service.js';

/** A seat at a table: of an organisation, of one of its people, or of a chair. */
export interface Place {
  organisationId: string | null;
  /** Null for the contact of the organisation. */
  personId: string | null;
  role: InvitationRole;
}

/** The address of a person who answers for an organisation in the area of the meeting. */
export interface GivenAddress {
  /** Without a name it is a mailbox of the organisation. */
  name: string;
  email: string;
}

/** A seat as the value of a checkbox: whose it is, followed by the role, which does not identify the seat. */
export const placeKey = ({ organisationId, personId }: Pick<Place, 'organisationId' | 'personId'>): string =>
  `${organisationId ?? ''}.${personId ?? ''}`;

export const placeValue = (place: Place): string => `${placeKey(place)}.${place.role}`;

/** The seat that was ticked; undefined if the value is not one. */
export function placeIn(value: string): Place | undefined {
  const [organisationId, personId, role] = value.split('.');
  const isRole = INVITATION_ROLES.some((one) => one === role);
  const ids = [organisationId, personId].map((id) => (isId(id ?? '') ? id! : null));
  if (!isRole || (ids[0] === null && ids[1] === null)) return undefined;
  return { organisationId: ids[0] ?? null, personId: ids[1] ?? null, role: role as InvitationRole };
}

/** The person named or, if that is nobody or somebody who does not sit there any more, the contact. */
export function whoComes(one: InvitationView, today: string, sitting: readonly Participant[]): string {
  const { organisationId, personId, personName } = one;
  const isNow = one.agendaItemId === null && one.fromOn <= today && (one.untilOn ?? today) >= today;
  const isThere = !isNow || organisationId === null || sitting.some((seat) => seat.personId === personId);
  if (personName !== null && isThere) return personName;
  const found = isNow ? sitting.find((seat) => seat.organisationId === organisationId && seat.role === one.role) : null;
  const contact = found?.name ? `${found.name}, contactpersoon` : 'de contactpersoon';
  return personName === null ? contact : `${contact} (${personName} doet niet meer mee)`;
}

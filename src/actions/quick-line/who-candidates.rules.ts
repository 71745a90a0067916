import { compareNaturally } from '../../platform/spelling/natural-order.js';
import { folded } from './folded.js';

/** At the table of the meeting, with a contact in the area or as an agendalid, or elsewhere. */
export type Nearness = 'table' | 'area' | 'other';

export interface WhoOrganisation {
  id: string;
  name: string;
  aliases: readonly string[];
  place: Nearness;
}

/** A person in one organisation; several organisations give several of them. */
export interface WhoPerson {
  /** Null for a guest, and for someone who cannot be the person of an action: not a member of that organisation. */
  id: string | null;
  name: string;
  /** Null for a private person, who never owns an action. */
  organisationId: string | null;
  function: string | null;
  place: Nearness;
  /** Is at the table, or is the contact, for this organisation. */
  isPreferred: boolean;
}

export interface WhoCandidates {
  organisations: readonly WhoOrganisation[];
  people: readonly WhoPerson[];
}

/** A seat at the meeting; a guest has a name but no id. */
export interface Seat {
  personId: string | null;
  name: string | null;
  organisationId: string | null;
  isInformed: boolean;
}

/** A person with one of the memberships in force, if any. */
export interface Member {
  personId: string;
  name: string;
  organisationId: string | null;
  function: string | null;
  isContact: boolean;
}

/** The people of these memberships and seats. */
export function peopleOf(members: readonly Member[], seats: readonly Seat[]): WhoPerson[] {
  const seatsOf = (personId: string) => seats.filter((seat) => seat.personId === personId);
  const known = members.map((member): WhoPerson => {
    const { personId, name, organisationId, isContact } = member;
    const own = seatsOf(personId);
    const place = own.some(({ isInformed }) => !isInformed) ? 'table' : own.length > 0 || isContact ? 'area' : 'other';
    const isPreferred = isContact || own.some((seat) => seat.organisationId === organisationId);
    return { id: personId, name, organisationId, function: member.function, place, isPreferred };
  });
  const isMember = ({ personId, organisationId }: Seat): boolean =>
    known.some((one) => one.id === personId && one.organisationId === organisationId);
  // Guests, and people who are there for an organisation they are not a member of.
  const others = seats.filter((seat) => seat.personId === null || (seat.organisationId && !isMember(seat)));
  const seated = others.flatMap((seat): WhoPerson[] => {
    const name = seat.personId ? known.find(({ id }) => id === seat.personId)?.name : seat.name;
    if (!name) return [];
    const place = seat.isInformed ? 'area' : 'table';
    return [{ id: null, name, organisationId: seat.organisationId, function: null, place, isPreferred: true }];
  });
  return [...seated, ...known.filter(({ id, organisationId }) => organisationId || !isSeatedFor(id, seats))];
}

/** Whether this person without memberships is there for an organisation. */
const isSeatedFor = (personId: string | null, seats: readonly Seat[]): boolean =>
  seats.some((seat) => seat.personId === personId && seat.organisationId !== null);

/** Someone who can be named as owner, with the fields of an action. */
export interface OwnerCandidate {
  ownerId: string;
  ownerName: string;
  ownerPersonId: string | null;
  ownerPersonName: string | null;
  function: string | null;
  place: Nearness;
}

const NEARNESS: Nearness[] = ['table', 'area', 'other'];

/**
 * Completes a partly typed name: organisations by name, first letters of each word or alias, people by name or
 * function. Those at the table come first, then the area's, then others; within these the closest match. Without text
 * only those at the table and of the area.
 */
export function completed(typed: string, { organisations, people }: WhoCandidates): OwnerCandidate[] {
  const wanted = folded(typed);
  const nameOf = new Map(organisations.map(({ id, name }) => [id, name]));
  const found = [
    ...organisations.map(({ id, name, aliases, place }) => ({
      rank: Math.min(rankOf(wanted, name), ...aliases.map((alias) => rankOf(wanted, alias))),
      candidate: { ownerId: id, ownerName: name, ownerPersonId: null, ownerPersonName: null, function: null, place },
    })),
    ...people.flatMap((person) => {
      const ownerName = person.organisationId && nameOf.get(person.organisationId);
      if (!ownerName) return [];
      const { id, name, organisationId, function: task, place } = person;
      const rank = Math.min(rankOf(wanted, name), rankOf(wanted, task ?? ''));
      const owner = { ownerId: organisationId!, ownerName, ownerPersonId: id, ownerPersonName: name };
      return [{ rank, candidate: { ...owner, function: task, place } }];
    }),
  ];
  return found
    .filter(({ rank, candidate }) => rank < NO_MATCH && (wanted !== '' || candidate.place !== 'other'))
    .toSorted(
      (one, other) =>
        NEARNESS.indexOf(one.candidate.place) - NEARNESS.indexOf(other.candidate.place) ||
        one.rank - other.rank ||
        compareNaturally(
          one.candidate.ownerPersonName ?? one.candidate.ownerName,
          other.candidate.ownerPersonName ?? other.candidate.ownerName,
        ),
    )
    .map(({ candidate }) => candidate);
}

const NO_MATCH = 3;

/** 0: the name itself or its beginning, 1: the beginning of a later word, 2: the initials of its words. */
function rankOf(wanted: string, name: string): number {
  const known = folded(name);
  if (wanted === '') return 0;
  if (known === '') return NO_MATCH;
  if (known.startsWith(wanted)) return 0;
  if (known.includes(` ${wanted}`)) return 1;
  const initials = known
    .split(' ')
    .map(([first]) => first)
    .join('');
  return wanted.length >= 2 && initials.startsWith(wanted) ? 2 : NO_MATCH;
}

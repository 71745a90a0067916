import type { SessionStep } from '../../actions/escalations/session-steps.js';
import { inOneLine } from '../../platform/rendering/text.js';
import type { ActionRow, AttendanceRow, PersonRow } from './material.js';

export type RawAttendance = Omit<AttendanceRow, 'function'> & {
  organisationId: string | null;
  alsoForIds: string[] | null;
};
type Told = 'escalations' | 'discussionAsked';
export type RawAction = Omit<ActionRow, 'partyIds' | 'ownerPerson' | 'coOwners' | 'discussion' | 'before' | Told> & {
  id: string;
  ownerId: string | null;
  ownerPersonId: string | null;
  coOwnerIds: string[];
} & { discussionKind: string | null; outcome: string | null; note: string | null };

export interface Named {
  id: string;
  name: string;
}

export interface Known {
  personId: string;
  name: string;
  organisationId: string | null;
  organisation: string | null;
  function: string | null;
}

/** The person with their function at that organisation, else their most recent one. */
export function personOf(id: string | null, organisationId: string | null, people: Known[]): PersonRow | null {
  const known = people.filter(({ personId }) => personId === id);
  const found = known.find((one) => one.organisationId === organisationId) ?? known[0];
  return found ? { personId: found.personId, name: found.name, function: found.function } : null;
}

/** A person who represents several organisations is named with all of them: "Politie en BOA's". */
export function withFunction(
  { organisationId, alsoForIds, ...attendance }: RawAttendance,
  people: Known[],
  further: readonly Named[],
): AttendanceRow {
  const others = further.filter(({ id }) => alsoForIds?.includes(id)).map(({ name }) => name);
  const own =
    attendance.organisation ?? people.find((one) => one.personId === attendance.personId)?.organisation ?? null;
  const named = [...(own === null ? [] : [own]), ...others];
  return {
    ...attendance,
    organisation: named.length < 2 ? own : inOneLine(named),
    function: personOf(attendance.personId, organisationId, people)?.function ?? null,
  };
}

export function toActionRow(
  raw: RawAction,
  parties: ReadonlyMap<string, string[]>,
  organisations: readonly Named[],
  people: Known[],
  steps: SessionStep[],
): Omit<ActionRow, 'before' | 'discussionAsked'> {
  const { id, ownerId, ownerPersonId, coOwnerIds, discussionKind, outcome, note, ...fields } = raw;
  return {
    ...fields,
    partyIds: parties.get(id) ?? [],
    coOwners: organisations.filter((one) => coOwnerIds.includes(one.id)).map(({ name }) => name),
    ownerPerson: personOf(ownerPersonId, ownerId, people),
    escalations: steps
      .filter(({ actionId }) => actionId === id)
      .map(({ personId, askedOn, decision, decidedFor }) => ({
        asked: personOf(personId, null, people)!,
        askedOn,
        decision,
        decidedFor,
      })),
    discussion: discussionKind === null ? null : ({ kind: discussionKind, outcome, note } as ActionRow['discussion']),
  };
}

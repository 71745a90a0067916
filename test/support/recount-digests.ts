import { daysLater, holdsOn, isYes, type Raw, type Tables, text } from './recount-rows.js';
import { isLate, isListed, statusThen } from './recount-actions.js';

/** Late, due within a week, or undated and past its check date. */
function isLine(action: Raw, today: string): boolean {
  if (['done', 'cancelled', 'on_hold'].includes(statusThen(action, today))) return false;
  if (action.dueOn !== null) return text(action.dueOn) <= daysLater(today, 7);
  return action.checkOn !== null && text(action.checkOn) < today;
}

export const reachable = (tables: Tables, personId: unknown): Raw | undefined =>
  tables.people.find((person) => person.id === personId && isYes(person.active) && person.email !== null);

/** The area and those above it, nearest first; null stands for "everywhere". */
function placesOf(tables: Tables, areaId: unknown, today: string): unknown[] {
  const above = tables.area_parents.find((row) => row.areaId === areaId && holdsOn(row, today));
  return above ? [areaId, ...placesOf(tables, above.parentId, today)] : [areaId, null];
}

/** Who answers for an organisation in an area: its contact there, else the nearest one above, else the general one. */
export function contactOf(tables: Tables, organisationId: unknown, areaId: unknown, today: string): Raw | undefined {
  for (const place of placesOf(tables, areaId, today)) {
    const found = tables.contacts
      .filter((row) => row.organisationId === organisationId && row.areaId === place && holdsOn(row, today))
      .filter(({ personId }) => reachable(tables, personId))
      .sort((one, other) => text(other.fromOn).localeCompare(text(one.fromOn)));
    if (found.length > 0) return reachable(tables, found[0].personId);
  }
  return undefined;
}

/** Whether the action may be named to this person: a confidential one only to members of its parties. */
function mayBeTold(tables: Tables, action: Raw, organisationId: unknown, person: Raw, today: string): boolean {
  if (!isYes(action.isConfidential)) return true;
  const parties = tables.action_parties
    .filter(({ actionId }) => actionId === action.id)
    .map((row) => row.organisationId);
  const isMember = tables.memberships.some(
    (row) => row.personId === person.id && parties.includes(row.organisationId) && holdsOn(row, today),
  );
  return parties.includes(organisationId as string) && isMember && !isYes(person.isShared);
}

type Wanted = (action: Raw, today: string) => boolean;

/** The people with something late who want a digest and are not a chair; chairs get an overview as well. */
export function recountRecipients(tables: Tables, today: string): string[] {
  const isPlain = ({ id, isDigestStopped, digestPausedUntilOn }: Raw): boolean =>
    !isYes(isDigestStopped) &&
    (digestPausedUntilOn === null || text(digestPausedUntilOn) < today) &&
    !tables.grants.some((row) => row.personId === id && row.role === 'chair' && holdsOn(row, today));
  const late = recountDigests(tables, today, isLate);
  return tables.people.filter((person) => late.has(text(person.id)) && isPlain(person)).map(({ id }) => text(id));
}

/** Per person the number of lines in their digest that an administrator may know of. */
export const recountToldLines = (tables: Tables, today: string): Map<string, number> =>
  recountDigests(tables, today, (action) => !isYes(action.isConfidential) && isLine(action, today));

/** Per person the number of these in their digest on a day. */
function recountDigests(tables: Tables, today: string, isWanted: Wanted): Map<string, number> {
  const lines = new Map<string, Set<unknown>>();
  for (const action of tables.actions) {
    if (action.ownerId === null || isYes(action.isHandedBack) || !isListed(action) || !isWanted(action, today))
      continue;
    const together = tables.action_co_owners.filter(({ actionId }) => actionId === action.id);
    for (const organisationId of [action.ownerId, ...together.map((row) => row.organisationId)]) {
      const named = organisationId === action.ownerId ? reachable(tables, action.ownerPersonId) : undefined;
      const first = named ?? contactOf(tables, organisationId, action.areaId, today);
      if (!first) continue;
      const stand =
        first.replacementUntilOn !== null && text(first.replacementUntilOn) >= today
          ? reachable(tables, first.replacementId)
          : undefined;
      for (const person of [first, ...(stand ? [stand] : [])])
        if (mayBeTold(tables, action, organisationId, person, today))
          lines.set(text(person.id), (lines.get(text(person.id)) ?? new Set()).add(action.id));
    }
  }
  return new Map([...lines].map(([id, actions]) => [id, actions.size]));
}

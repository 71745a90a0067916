import type { Caller } from '../../platform/access/caller.js';
import { mayKnow } from '../../platform/access/confidentiality.js';
import type { FieldError } from '../../platform/common/problems.js';

/** What an action or update refers to; omitted or null is not checked. */
export interface References {
  ownerId?: string | null;
  ownerPersonId?: string | null;
  coOwnerIds?: readonly string[];
  requestedById?: string | null;
  onBehalfOfId?: string | null;
  partyIds?: readonly string[];
  followsOnId?: string | null;
  goalId?: string | null;
  opgaveId?: string | null;
}

/** The existing ids among those referred to; for a person, combined with the organisation they belong to. */
export type KnownReferences = ReadonlySet<string>;

export const ORGANISATION_FIELDS = ['ownerId', 'requestedById', 'onBehalfOfId'] as const;
export const LIST_FIELDS = ['coOwnerIds', 'partyIds'] as const;
const SERVED = [
  ['goalId', 'a goal'],
  ['opgaveId', 'an opgave'],
] as const;

export const memberKey = (personId: string, organisationId: string): string => `${personId} ${organisationId}`;

/** Violations for all fields that refer to something unknown, or hidden from the caller. */
export function referenceViolations(wanted: References, known: KnownReferences): FieldError[] {
  const violations: FieldError[] = [];
  for (const field of ORGANISATION_FIELDS) {
    const id = wanted[field];
    if (id && !known.has(id))
      violations.push({ field, message: `${field} is not an organisation, or has been merged` });
  }
  for (const field of LIST_FIELDS) {
    if (wanted[field]?.some((id) => !known.has(id)))
      violations.push({ field, message: `${field} contains an organisation that is unknown or has been merged` });
  }
  violations.push(...coOwnerViolations(wanted));
  const { ownerId, ownerPersonId, followsOnId } = wanted;
  if (ownerPersonId && !(ownerId && known.has(memberKey(ownerPersonId, ownerId)))) {
    violations.push({ field: 'ownerPersonId', message: 'ownerPersonId is not an active person of the owner' });
  }
  if (followsOnId && !known.has(followsOnId)) {
    violations.push({ field: 'followsOnId', message: 'followsOnId is not an action' });
  }
  for (const [field, noun] of SERVED) {
    const id = wanted[field];
    if (id && !known.has(id)) violations.push({ field, message: `${field} is not ${noun}` });
  }
  return violations;
}

/** The owner already does it and must not be named again. */
export function coOwnerViolations({ ownerId, coOwnerIds }: Pick<References, 'ownerId' | 'coOwnerIds'>): FieldError[] {
  if (!ownerId || !coOwnerIds?.includes(ownerId)) return [];
  return [{ field: 'coOwnerIds', message: 'coOwnerIds must not name the owner, who does it already' }];
}

/** The required parties of a confidential action: owner, co-owners and one of the writer's organisations. */
export function partyViolations(
  partyIds: readonly string[],
  action: { ownerId?: string | null; coOwnerIds?: readonly string[] },
  caller: Caller,
): FieldError[] {
  const violations: FieldError[] = [];
  if (action.ownerId && !partyIds.includes(action.ownerId)) {
    violations.push({ field: 'ownerId', message: 'ownerId must be one of the parties of a confidential action' });
  }
  if (action.coOwnerIds?.some((id) => !partyIds.includes(id))) {
    violations.push({ field: 'coOwnerIds', message: 'coOwnerIds must be among the parties of a confidential action' });
  }
  if (!mayKnow(caller, true, partyIds)) {
    violations.push({ field: 'partyIds', message: 'partyIds must include one of your own organisations' });
  }
  return violations;
}

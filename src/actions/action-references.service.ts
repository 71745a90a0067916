import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { mayKnow } from '../platform/access/access.rules.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import type { FieldError } from '../platform/common/problems.js';
import { inForce, Params, row, rows } from '../platform/database/rows.js';
import { choosable } from '../directory/organisations/merged.conditions.js';
import { knownActions } from './action-conditions.js';
import { organisationIdsOf } from './actions.views.js';

/** What an action or update refers to; left out or null is not checked. */
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

export interface Item {
  id: string;
  isConfidential: boolean;
  partyIds: string[];
}

const ORGANISATION_FIELDS = ['ownerId', 'requestedById', 'onBehalfOfId'] as const;
const SERVED = [
  ['goalId', 'a goal'],
  ['opgaveId', 'an opgave'],
] as const;
const LIST_FIELDS = ['coOwnerIds', 'partyIds'] as const;

@Injectable()
export class ActionReferences {
  /** Every field that names something that is not there, or that the caller may not know; one statement. */
  async gaps(manager: EntityManager, wanted: References, caller: Caller): Promise<FieldError[]> {
    const found = await this.found(manager, wanted, caller);
    const gaps: FieldError[] = [];
    for (const field of ORGANISATION_FIELDS) {
      const id = wanted[field];
      if (id && !found.has(id)) gaps.push({ field, message: `${field} is not an organisation, or it was merged` });
    }
    for (const field of LIST_FIELDS) {
      if (wanted[field]?.some((id) => !found.has(id)))
        gaps.push({ field, message: `${field} names an organisation that is unknown or was merged` });
    }
    if (wanted.ownerPersonId && !found.has(wanted.ownerPersonId)) {
      gaps.push({ field: 'ownerPersonId', message: 'ownerPersonId is not an active person of the owner' });
    }
    if (wanted.followsOnId && !found.has(wanted.followsOnId)) {
      gaps.push({ field: 'followsOnId', message: 'followsOnId is not an action' });
    }
    for (const [field, noun] of SERVED) {
      const id = wanted[field];
      if (id && !found.has(id)) gaps.push({ field, message: `${field} is not ${noun}` });
    }
    return gaps;
  }

  /** An agenda item of that session that the caller may know. */
  async item(manager: EntityManager, id: string, sessionId: string | null, caller: Caller): Promise<Item | undefined> {
    if (sessionId === null) return undefined;
    const parties = organisationIdsOf(manager, 'agenda_item_parties');
    const item = await row<Item>(
      manager,
      `SELECT a."id", a."isConfidential", ${parties} AS "partyIds" FROM "agenda_items" a WHERE a."id" = $1 AND a."sessionId" = $2`,
      [id, sessionId],
      { isConfidential: 'boolean', partyIds: 'json' },
    );
    return item && mayKnow(caller, item.isConfidential, item.partyIds) ? item : undefined;
  }

  private async found(manager: EntityManager, wanted: References, caller: Caller): Promise<Set<string>> {
    const params = new Params();
    const parts: string[] = [];
    const single = ORGANISATION_FIELDS.map((field) => wanted[field]).filter((id) => typeof id === 'string');
    const organisations = [...new Set([...single, ...LIST_FIELDS.flatMap((field) => wanted[field] ?? [])])];
    if (organisations.length > 0) {
      parts.push(`SELECT "id" FROM (${choosable(manager, organisations, params)}) "choosable"`);
    }
    if (wanted.ownerPersonId && wanted.ownerId) {
      const [person, owner, today] = [wanted.ownerPersonId, wanted.ownerId, caller.today].map((one) => params.add(one));
      parts.push(`SELECT p."id" FROM "people" p JOIN "memberships" m ON m."personId" = p."id"
        WHERE p."id" = ${person} AND p."active" AND m."organisationId" = ${owner} AND ${inForce('m', today)}`);
    }
    if (wanted.followsOnId) {
      parts.push(`SELECT a."id" FROM "actions" a WHERE a."id" = ${params.add(wanted.followsOnId)} AND NOT a."isWithdrawn"
        AND ${knownActions(caller, params)}`);
    }
    if (wanted.goalId) {
      const goal = params.add(wanted.goalId);
      const permitted = inPermittedAreas(caller, 'goals.read', 'g."areaId"', params);
      parts.push(`SELECT g."id" FROM "goals" g WHERE g."id" = ${goal} AND ${permitted}`);
    }
    if (wanted.opgaveId) parts.push(`SELECT "id" FROM "opgaven" WHERE "id" = ${params.add(wanted.opgaveId)}`);
    if (parts.length === 0) return new Set();
    const found = await rows<{ id: string }>(manager, parts.join(' UNION '), params.values);
    return new Set(found.map(({ id }) => id));
  }
}

/** Who must be among the parties of a confidential action: owner, co-owners and the writer's organisation. */
export function partyGaps(
  partyIds: readonly string[],
  action: { ownerId?: string | null; coOwnerIds?: readonly string[] },
  caller: Caller,
): FieldError[] {
  const gaps: FieldError[] = [];
  if (action.ownerId && !partyIds.includes(action.ownerId)) {
    gaps.push({ field: 'ownerId', message: 'ownerId must be one of the parties of a confidential action' });
  }
  if (action.coOwnerIds?.some((id) => !partyIds.includes(id))) {
    gaps.push({ field: 'coOwnerIds', message: 'coOwnerIds must be among the parties of a confidential action' });
  }
  if (!partyIds.some((id) => caller.organisationIds.includes(id))) {
    gaps.push({ field: 'partyIds', message: 'partyIds must name an organisation of your own' });
  }
  return gaps;
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { ALSO_IN_TABLES, type ServedCells } from '../tables/action-table.rules.js';
import { ITEM_PARTIES, knownTo, mayKnow } from '../../platform/access/confidentiality.js';
import { inPermittedAreas } from '../../platform/access/conditions.js';
import { LongTask } from '../../platform/common/long-task.js';
import type { FieldError } from '../../platform/common/problems.js';
import { chunks, inForce, Params, ROWS_AT_ONCE, row, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { AgendaItem } from '../../meetings/agenda/agenda-item.entity.js';
import { choosable } from '../../directory/organisations/merged.conditions.js';
import { NOT_WITHDRAWN, readableActions } from '../action-conditions.js';
import { organisationIdsOf } from '../action-columns.js';
import type { ActionView } from '../actions.views.js';
import {
  type KnownReferences,
  LIST_FIELDS,
  memberKey,
  ORGANISATION_FIELDS,
  referenceViolations,
  type References,
} from './references.rules.js';

export interface Item {
  id: string;
  isConfidential: boolean;
  partyIds: string[];
  /** The organisation that put it on the agenda; null if the chair did, or if that organisation has been merged. */
  proposedById: string | null;
}

@Injectable()
export class ActionReferences {
  /** Violations for all fields that refer to something unknown, or hidden from the caller. */
  async violations(manager: EntityManager, wanted: References, by: Caller): Promise<FieldError[]> {
    return referenceViolations(wanted, await this.known(manager, [{ wanted, by }]));
  }

  /** Which of these references exist: one statement, and a second one if they include persons. */
  async known(manager: EntityManager, all: readonly { wanted: References; by: Caller }[]): Promise<KnownReferences> {
    const found = new Set<string>();
    const named = new Set<string>();
    const turns = new LongTask();
    for (const { wanted } of all) {
      for (const id of organisationsOf(wanted)) named.add(id);
      await turns.yieldToEventLoop();
    }
    const served = all.filter(({ wanted }) => wanted.followsOnId || wanted.goalId || wanted.opgaveId);
    const [first = [], ...more] = chunks([...named]);
    for (const [part, others] of [[first, served] as const, ...more.map((some) => [some, []] as const)]) {
      const params = new Params();
      const parts = others.flatMap(({ wanted, by }) => servedSql(manager, wanted, by, params));
      if (part.length > 0) parts.push(`SELECT "id" FROM (${choosable(manager, part, params)}) "choosable"`);
      if (parts.length === 0) continue;
      for (const { id } of await rows<{ id: string }>(manager, parts.join(' UNION '), params.values)) found.add(id);
    }
    for (const key of await this.members(manager, all)) found.add(key);
    return found;
  }

  /** An agenda item of that session, if the caller may know it. */
  async item(manager: EntityManager, id: string, sessionId: string | null, caller: Caller): Promise<Item | undefined> {
    if (sessionId === null) return undefined;
    const parties = organisationIdsOf(manager, 'agenda_item_parties');
    const item = await row<Item>(
      manager,
      `SELECT a."id", a."isConfidential", ${parties} AS "partyIds", (SELECT o."id" FROM "organisations" o
         WHERE o."id" = a."proposedById" AND o."mergedIntoId" IS NULL) AS "proposedById" FROM "agenda_items" a WHERE a."id" = $1 AND a."sessionId" = $2`,
      [id, sessionId],
      { ...shapeOf(AgendaItem), partyIds: 'json' },
    );
    return item && mayKnow(caller, item.isConfidential, item.partyIds) ? item : undefined;
  }

  /** Which of these persons are active and belong to the owner today. */
  private async members(manager: EntityManager, all: readonly { wanted: References; by: Caller }[]): Promise<string[]> {
    const named = all.filter(({ wanted }) => wanted.ownerPersonId && wanted.ownerId);
    const found: string[] = [];
    const turns = new LongTask();
    for (const some of chunks(named)) {
      await turns.yieldToEventLoop();
      const params = new Params();
      const people = params.list(some.map(({ wanted }) => wanted.ownerPersonId!));
      const owners = params.list(some.map(({ wanted }) => wanted.ownerId!));
      const members = await rows<{ personId: string; organisationId: string }>(
        manager,
        `SELECT m."personId", m."organisationId" FROM "people" p JOIN "memberships" m ON m."personId" = p."id"
         WHERE p."id" IN (${people}) AND p."active" AND m."organisationId" IN (${owners})
           AND ${inForce('m', params.add(some[0].by.today))}`,
        params.values,
      );
      found.push(...members.map(({ personId, organisationId }) => memberKey(personId, organisationId)));
    }
    return found;
  }
}

function organisationsOf(wanted: References): string[] {
  const single = ORGANISATION_FIELDS.map((field) => wanted[field]).filter((id) => typeof id === 'string');
  return [...single, ...LIST_FIELDS.flatMap((field) => wanted[field] ?? [])];
}

/** SQL for the action followed, the goal and the opgave, if the caller may know them. */
function servedSql(
  source: Source,
  { followsOnId, goalId, opgaveId }: References,
  by: Caller,
  params: Params,
): string[] {
  const parts: string[] = [];
  if (followsOnId) {
    parts.push(`SELECT a."id" FROM "actions" a WHERE a."id" = ${params.add(followsOnId)} AND ${NOT_WITHDRAWN}
      AND ${readableActions(source, by, params)}`);
  }
  if (goalId) {
    const goal = params.add(goalId);
    const permitted = inPermittedAreas(by, 'goals.read', 'g."areaId"', params);
    parts.push(`SELECT g."id" FROM "goals" g WHERE g."id" = ${goal} AND ${permitted}`);
  }
  if (opgaveId) parts.push(`SELECT "id" FROM "opgaven" WHERE "id" = ${params.add(opgaveId)}`);
  return parts;
}

/** What the action refers to, as far as the caller may know it: anything treated as unknown is not named either. */
export async function referencesKnownTo(
  source: Source,
  found: Pick<ActionView, 'followsOnId' | 'goalId' | 'agendaItemId' | 'agendaItemTitle'>,
  caller: Caller,
): Promise<Partial<ActionView>> {
  const { followsOnId, goalId, agendaItemId, agendaItemTitle } = found;
  if (!followsOnId && !goalId && !agendaItemId) return {};
  const params = new Params();
  const followed = `a."id" = ${params.add(followsOnId)} AND ${readableActions(source, caller, params)}`;
  const goal = `g."id" = ${params.add(goalId)} AND ${inPermittedAreas(caller, 'goals.read', 'g."areaId"', params)}`;
  const item = `i."id" = ${params.add(agendaItemId)} AND ${knownTo(caller, 'i', ITEM_PARTIES, params)}`;
  const known = (await row<Pick<ActionView, 'followsOnNumber' | 'goalId' | 'agendaItemId'>>(
    source,
    `SELECT (SELECT a."number" FROM "actions" a WHERE ${followed}) AS "followsOnNumber",
       (SELECT g."id" FROM "goals" g WHERE ${goal}) AS "goalId",
       (SELECT i."id" FROM "agenda_items" i WHERE ${item}) AS "agendaItemId"`,
    params.values,
  ))!;
  return {
    ...known,
    followsOnId: known.followsOnNumber === null ? null : followsOnId,
    agendaItemTitle: known.agendaItemId === null ? null : agendaItemTitle,
  };
}

type Served = ServedCells & { id: string };

/** What these actions serve, by id, as far as the caller may know it; the actions themselves are known to them. */
export async function servedBy(
  source: Source,
  actionIds: readonly string[],
  caller: Caller,
): Promise<Map<string, ServedCells>> {
  const served = new Map<string, ServedCells>();
  const turns = new LongTask();
  for (const some of chunks(actionIds, ROWS_AT_ONCE)) {
    await turns.yieldToEventLoop();
    const params = new Params();
    const theirs = params.list(some);
    const found = await rows<Served>(
      source,
      `SELECT x."id", ${ALSO_IN_TABLES.map((name) => `x."${name}"`).join(', ')}, r."name" AS "requestedByName",
         g."title" AS "goalTitle", p."title" AS "opgaveTitle", CASE WHEN x."followsOnId" IS NULL THEN NULL ELSE
           (SELECT a."number" FROM "actions" a WHERE a."id" = x."followsOnId" AND ${NOT_WITHDRAWN}
             AND ${readableActions(source, caller, params)}) END AS "followsOnNumber"
       FROM "actions" x LEFT JOIN "organisations" r ON r."id" = x."requestedById"
       LEFT JOIN "goals" g ON g."id" = x."goalId" AND ${inPermittedAreas(caller, 'goals.read', 'g."areaId"', params)}
       LEFT JOIN "opgaven" p ON p."id" = x."opgaveId" AND ${isPermitted(caller, 'opgaven.read') ? 'TRUE' : 'FALSE'}
       WHERE x."id" IN (${theirs})`,
      params.values,
    );
    for (const { id, ...cells } of found) served.set(id, cells);
  }
  return served;
}

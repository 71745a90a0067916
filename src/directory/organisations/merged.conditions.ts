import type { EntityManager } from 'typeorm';
import { dialectOf } from '../../platform/database/dialect.js';
import { inForce, Params, rows, type Source } from '../../platform/database/rows.js';

/**
 * SQL for "of this organisation or of the one it was merged into", given the alias of a row (a membership, contact or
 * party) and of the organisation: people of the latter act for the former too.
 */
export const actsFor = (row: string, organisation: string): string =>
  `${row}."organisationId" IN (${organisation}."id", ${organisation}."mergedIntoId")`;

/**
 * SQL for the organisations whose confidential records mail to a person may reveal: those the person acts for on that
 * day, or none if the mailbox is shared.
 */
export const actingByMail = (person: string, day: string): string => `SELECT o."id" FROM "people" p
  JOIN "memberships" m ON m."personId" = p."id" AND ${inForce('m', day)} JOIN "organisations" o ON ${actsFor('m', 'o')}
  WHERE p."id" = ${person} AND NOT p."isShared"`;

/**
 * SQL for the ids of organisations that new records may refer to: existing ones that have not been merged. On
 * PostgreSQL this is locked until the end of the transaction.
 */
export function choosable(manager: EntityManager, ids: readonly string[], params: Params): string {
  return `SELECT "id" FROM "organisations" WHERE "id" IN (${params.list(ids)}) AND "mergedIntoId" IS NULL${dialectOf(manager).forKeyShare}`;
}

/** Those of the organisations that new records may refer to. */
export async function choosableOf(manager: EntityManager, ids: readonly string[]): Promise<string[]> {
  const params = new Params();
  const found = await rows<{ id: string }>(manager, choosable(manager, ids, params), params.values);
  return found.map(({ id }) => id);
}

/** The organisation and those merged into it. */
export async function withMergedOf(source: Source, id: string): Promise<string[]> {
  const sql = 'SELECT "id" FROM "organisations" WHERE "id" = $1 OR "mergedIntoId" = $1';
  return (await rows<{ id: string }>(source, sql, [id])).map((found) => found.id);
}

/** The organisation, what it was merged into and all that was merged into that: one party since. */
export async function onePartyWith(source: Source, id: string): Promise<string[]> {
  const into = 'coalesce((SELECT q."mergedIntoId" FROM "organisations" q WHERE q."id" = $1), $1)';
  const sql = `SELECT o."id" FROM "organisations" o WHERE o."id" = ${into} OR o."mergedIntoId" = ${into}`;
  return (await rows<{ id: string }>(source, sql, [id])).map((found) => found.id);
}

/** Whether new records may refer to the organisation. */
export const isChoosable = async (manager: EntityManager, id: string): Promise<boolean> =>
  (await choosableOf(manager, [id])).length > 0;

import type { EntityManager } from 'typeorm';
import { dialectOf } from '../../platform/database/dialect.js';
import { inForce, Params, rows, type Source } from '../../platform/database/rows.js';

/**
 * SQL for "of this organisation, or of the one it was merged into", over the name of a row (a membership, a contact, a
 * party) and that of the organisation: who belongs to that one acts for this one too.
 */
export const actsFor = (row: string, organisation: string): string =>
  `${row}."organisationId" IN (${organisation}."id", ${organisation}."mergedIntoId")`;

/**
 * SQL for the organisations for which mail to a person can tell what is confidential: those the person acts for on a day,
 * or none when others read that mailbox too.
 */
export const actingByMail = (person: string, day: string): string => `SELECT o."id" FROM "people" p
  JOIN "memberships" m ON m."personId" = p."id" AND ${inForce('m', day)} JOIN "organisations" o ON ${actsFor('m', 'o')}
  WHERE p."id" = ${person} AND NOT p."isShared"`;

/**
 * SQL for the ids of organisations that can be named in something new: they are there, and not merged into another. On
 * PostgreSQL they stay so until the end of the transaction.
 */
export function choosable(manager: EntityManager, ids: readonly string[], params: Params): string {
  return `SELECT "id" FROM "organisations" WHERE "id" IN (${params.list(ids)}) AND "mergedIntoId" IS NULL${dialectOf(manager).forKeyShare}`;
}

/** Those of the organisations that can be named in something new. */
export async function choosableOf(manager: EntityManager, ids: readonly string[]): Promise<string[]> {
  const params = new Params();
  const found = await rows<{ id: string }>(manager, choosable(manager, ids, params), params.values);
  return found.map(({ id }) => id);
}

/** The organisation and what was merged into it. */
export async function withMergedOf(source: Source, id: string): Promise<string[]> {
  const sql = 'SELECT "id" FROM "organisations" WHERE "id" = $1 OR "mergedIntoId" = $1';
  return (await rows<{ id: string }>(source, sql, [id])).map((found) => found.id);
}

/** Whether the organisation can be named in something new. */
export const isChoosable = async (manager: EntityManager, id: string): Promise<boolean> =>
  (await choosableOf(manager, [id])).length > 0;

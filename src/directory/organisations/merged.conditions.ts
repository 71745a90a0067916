import type { EntityManager } from 'typeorm';
import { dialectOf } from '../../platform/database/dialect.js';
import { chunks, inForce, Params, rows, type Source } from '../../platform/database/rows.js';
import type { Period } from '../people/periods.rules.js';

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

/** Memberships, also of the organisation that one was merged into. */
const MEMBERSHIPS_FOR = `FROM "memberships" own JOIN "organisations" theirs ON ${actsFor('own', 'theirs')}`;

/** SQL for how far somebody's memberships got by a day: 0 yet to begin, 1 all over, 2 in force. */
const lastStage = (day: string): string =>
  `max(CASE WHEN own."fromOn" > ${day} THEN 0 WHEN own."untilOn" < ${day} THEN 1 ELSE 2 END)`;

/**
 * SQL for "still acts for this organisation on that day": false only for someone whose membership of it has ended, and
 * who has no other. Who never was a member, such as a contact from elsewhere, or is yet to become one did not leave.
 */
export const hasNotLeft = (person: string, organisation: string, day: string): string =>
  `coalesce((SELECT ${lastStage(day)} ${MEMBERSHIPS_FOR}
     WHERE theirs."id" = ${organisation} AND own."personId" = ${person}), 0) <> 1`;

/** Whether somebody left the organisation before this period begins, or by `today` if it began earlier. */
export async function leftBefore(
  source: Source,
  { personId, organisationId, fromOn, untilOn }: Period & { personId: string | null; organisationId: string | null },
  today: string,
): Promise<boolean> {
  const day = fromOn > today ? fromOn : today;
  const hasLeft = await leaversAmong(source, [personId], untilOn !== null && untilOn < day ? untilOn : day);
  return hasLeft(personId, organisationId);
}

/** SQL for "this contact answers for the organisation on that day": appointed for it, and not somebody who left it. */
export const answersFor = (contact: string, day: string): string =>
  `(${inForce(contact, day)} AND ${hasNotLeft(`${contact}."personId"`, `${contact}."organisationId"`, day)})`;

/**
 * SQL for the ids of the organisations that people answer for as a contact on that day, and of those merged into them.
 * `people` is a list of placeholders.
 */
export function answeredForBy(people: string, day: string): string {
  const theirs = `c."personId" IN (${people}) AND ${answersFor('c', day)}`;
  return `SELECT c."organisationId" FROM "contacts" c WHERE ${theirs}
    UNION SELECT o."id" FROM "organisations" o JOIN "contacts" c ON c."organisationId" = o."mergedIntoId" WHERE ${theirs}`;
}

/** Which of these people left which organisations by that day, as for `hasNotLeft`; one statement. */
export async function leaversAmong(
  source: Source,
  personIds: readonly (string | null)[],
  day: string,
): Promise<(personId: string | null, organisationId: string | null) => boolean> {
  const ids = [...new Set(personIds.filter((id) => id !== null))];
  const left = new Set<string>();
  for (const asked of chunks(ids)) {
    const params = new Params();
    const found = await rows<{ personId: string; organisationId: string }>(
      source,
      `SELECT own."personId", theirs."id" AS "organisationId" ${MEMBERSHIPS_FOR}
       WHERE own."personId" IN (${params.list(asked)})
       GROUP BY own."personId", theirs."id" HAVING ${lastStage(params.add(day))} = 1`,
      params.values,
    );
    for (const { personId, organisationId } of found) left.add(`${personId} ${organisationId}`);
  }
  return (personId, organisationId) => left.has(`${personId} ${organisationId}`);
}

/**
 * SQL for "the person named in this invitation still sits there on that day": a chair does so in person, others for the
 * organisation that is invited, until they leave it. Then the seat is for its contact.
 */
export const keepsSeat = (invitation: string, day: string): string =>
  `(${invitation}."role" = 'chair' OR ${hasNotLeft(`${invitation}."personId"`, `${invitation}."organisationId"`, day)})`;

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

/** Whether new records may refer to the organisation. */
export const isChoosable = async (manager: EntityManager, id: string): Promise<boolean> =>
  (await choosableOf(manager, [id])).length > 0;

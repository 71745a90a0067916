import { chunks, inForce, Params, rows, type Source } from '../../platform/database/rows.js';
import { actsFor } from '../organisations/merged.conditions.js';
import type { Period } from './periods.rules.js';

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

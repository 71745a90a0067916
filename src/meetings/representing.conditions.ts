import { actsFor } from '../directory/organisations/merged.conditions.js';
import { hasNotLeft } from '../directory/people/leaving.conditions.js';
import { isReplaced } from '../directory/people/replaced.conditions.js';
import { inForce } from '../platform/database/rows.js';

/**
 * SQL for "this person represents this organisation on that day": as a member or contact of it, or of the one it was merged into,
 * or named in an invitation for it, unless they were a member and left.
 */
export function represents(person: string, organisation: string, day: string): string {
  const ways = (['memberships', 'contacts', 'invitations'] as const).map(
    (table) =>
      `EXISTS (SELECT 1 FROM "${table}" w WHERE w."personId" = ${person} AND ${actsFor('w', 'f')} AND ${inForce('w', day)})`,
  );
  return `EXISTS (SELECT 1 FROM "organisations" f
    WHERE f."id" = ${organisation} AND ${hasNotLeft(person, 'f."id"', day)} AND (${ways.join(' OR ')}))`;
}

/** SQL for "this is that person, or replaces them on that day". */
export const standsFor = (by: string, person: string, day: string): string =>
  `(${person} = ${by} OR EXISTS (SELECT 1 FROM "people" away
    WHERE away."id" = ${person} AND away."replacementId" = ${by} AND ${isReplaced('away', day)}))`;

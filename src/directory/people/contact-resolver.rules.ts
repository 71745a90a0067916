/** A person who can receive mail. */
export interface ResolvedContact {
  personId: string;
  name: string;
  email: string;
  isShared: boolean;
}

export type ContactRow = ResolvedContact & { organisationId: string; areaId: string | null };

/**
 * The contact of an organisation in an area: the one for that area, else for the nearest area above it, else the
 * general one, else nobody. `path` is the area and its ancestors, nearest first.
 */
export function contactFor(
  contacts: readonly ContactRow[],
  organisationId: string,
  path: readonly string[],
): ResolvedContact | null {
  const own = contacts.filter((contact) => contact.organisationId === organisationId);
  for (const areaId of [...path, null]) {
    const found = own.find((contact) => contact.areaId === areaId);
    if (found) return { personId: found.personId, name: found.name, email: found.email, isShared: found.isShared };
  }
  return null;
}

/**
 * SQL for "it is for the contact of the organisation", given the column with the person named, and the condition that they
 * still act for it (`keepsSeat`, `hasNotLeft`): nobody is named, or somebody who left or can no longer receive mail.
 */
export const isForContact = (personId: string, stillActs: string): string => `NOT EXISTS (SELECT 1 FROM "people" named
  WHERE named."id" = ${personId} AND named."active" AND named."email" IS NOT NULL AND ${stillActs})`;

/** A person who can be mailed. */
export interface Answering {
  personId: string;
  name: string;
  email: string;
  isShared: boolean;
}

export type ContactRow = Answering & { organisationId: string; areaId: string | null };

/**
 * Who answers for an organisation in an area: its contact for that area, else for the nearest area above it, else its
 * general contact, else nobody. `path` is the area and everything above it, nearest first.
 */
export function contactFor(
  contacts: readonly ContactRow[],
  organisationId: string,
  path: readonly string[],
): Answering | null {
  const own = contacts.filter((contact) => contact.organisationId === organisationId);
  for (const areaId of [...path, null]) {
    const found = own.find((contact) => contact.areaId === areaId);
    if (found) return { personId: found.personId, name: found.name, email: found.email, isShared: found.isShared };
  }
  return null;
}

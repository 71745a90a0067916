/** SQL for "this person names a replacement until that day or longer", given the alias of a row of `people`. */
export const isReplaced = (person: string, day: string): string => `${person}."replacementUntilOn" >= ${day}`;

/** SQL for the ids of the active people whom this person replaces on that day. */
export const replacedBy = (personId: string, day: string): string =>
  `SELECT p."id" FROM "people" p WHERE p."replacementId" = ${personId} AND ${isReplaced('p', day)} AND p."active"`;

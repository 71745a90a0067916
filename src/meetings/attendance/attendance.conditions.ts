/** SQL for "this attendance counts for an organisation", given the alias of the row: a guest who is not a vervanger does not. */
export const isCounted = (row: string): string => `(${row}."personId" IS NOT NULL OR ${row}."isReplacement")`;

/** SQL: 2 if present, 1 if excused, else 0. The highest of those who came for an organisation is how it attended. */
export const presenceRank = (row: string): string =>
  `CASE ${row}."status" WHEN 'present' THEN 2 WHEN 'excused' THEN 1 ELSE 0 END`;

/**
 * SQL for "this attendance counts for the organisation", given the alias of the row and an id: also if it is one of the
 * further organisations.
 */
export const cameFor = (row: string, organisationId: string): string =>
  `(${row}."organisationId" = ${organisationId} OR ${row}."alsoForIds" LIKE '%' || CAST(${organisationId} AS varchar(36)) || '%')`;

/**
 * SQL for "this row shows that attendance was taken", given its alias. Excused rows do not: they come from replies sent
 * before the session. Without any other row, absence cannot be told from attendance that was never taken.
 */
export const isTaken = (row: string): string => `${row}."status" <> 'excused'`;

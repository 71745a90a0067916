/**
 * SQL for "this attendance counts for the organisation", given the alias of the row and an id: also if it is one of the
 * further organisations.
 */
export const cameFor = (row: string, organisationId: string): string =>
  `(${row}."organisationId" = ${organisationId} OR ${row}."alsoForIds" LIKE '%' || CAST(${organisationId} AS varchar(36)) || '%')`;

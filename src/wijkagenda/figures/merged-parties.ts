import type { PointInTime } from '../../platform/database/row-history.js';

/** SQL for the CTE that `partyOf` looks in: the organisations that were merged into another, as known on the day. */
export const mergedParties = (past: PointInTime): string =>
  `"merged" AS MATERIALIZED (SELECT "id", "mergedIntoId" FROM ${past.rows('organisations', (row) => `${row}."mergedIntoId" IS NOT NULL`)} o)`;

/** SQL for the party an organisation is part of: from the day they merge, organisations are one party. */
export const partyOf = (id: string): string =>
  `coalesce((SELECT w."mergedIntoId" FROM "merged" w WHERE w."id" = ${id}), ${id})`;

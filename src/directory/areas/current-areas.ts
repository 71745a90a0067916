import { type FieldError, invalid } from '../../platform/common/problems.js';
import { row, type Source } from '../../platform/database/rows.js';

export const NOT_AN_AREA: FieldError = { field: 'areaId', message: 'areaId is not an area' };

/** 400 for a merged area: roles and contacts of before go on there and pass to others, but nothing new begins. */
export async function mustNotBeMerged(source: Source, id: string, field = 'areaId'): Promise<void> {
  const sql = 'SELECT 1 AS "one" FROM "areas" WHERE "id" = $1 AND "mergedIntoId" IS NOT NULL';
  if (await row(source, sql, [id])) throw invalid([{ field, message: `${field} is not an area` }]);
}

/** Whether the area exists and was not merged into another: only then can something new begin in it. */
export const isCurrentArea = async (source: Source, id: string): Promise<boolean> =>
  (await row(source, 'SELECT 1 AS "one" FROM "areas" WHERE "id" = $1 AND "mergedIntoId" IS NULL', [id])) !== undefined;

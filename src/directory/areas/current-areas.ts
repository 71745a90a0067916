import type { FieldError } from '../../platform/common/problems.js';
import { row, type Source } from '../../platform/database/rows.js';

export const NOT_AN_AREA: FieldError = { field: 'areaId', message: 'areaId is not an area' };

/** Whether the area exists and was not merged into another: only then can something new begin in it. */
export const isCurrentArea = async (source: Source, id: string): Promise<boolean> =>
  (await row(source, 'SELECT 1 AS "one" FROM "areas" WHERE "id" = $1 AND "mergedIntoId" IS NULL', [id])) !== undefined;

import type { PointInTime } from '../../platform/database/row-history.js';

/**
 * SQL for the name an area had on a day: the earliest former name that lasted until then or later, else today's. With
 * `past`, as known at that moment: a name that was changed later still applied.
 */
export const nameOn = (area: string, day: string, past?: PointInTime): string =>
  `coalesce((SELECT n."name" FROM "area_names" n WHERE n."areaId" = ${area}."id"
    AND ${past ? `(n."untilOn" >= ${day} OR ${past.isOtherwise('n')})` : `n."untilOn" >= ${day}`}
    ORDER BY n."untilOn", n."id" LIMIT 1), ${area}."name")`;

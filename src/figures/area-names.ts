/** SQL for the name an area had on a day: the former one that lasted until then or later, else today's. */
export const nameOn = (area: string, day: string): string =>
  `coalesce((SELECT n."name" FROM "area_names" n WHERE n."areaId" = ${area}."id" AND n."untilOn" >= ${day}
    ORDER BY n."untilOn" LIMIT 1), ${area}."name")`;

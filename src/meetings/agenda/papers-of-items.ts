/**
 * SQL for the ids of the agenda items whose papers are shown with item `item`: itself, and the items it was carried
 * over from, so that papers are read where the item is discussed. They stay with the session they were sent for. Stops
 * at an earlier item for which `isKnown` does not hold, and at a confidential predecessor of an item that is not.
 */
export const itemsWithPapersOf = (item: string, isKnown: (earlier: string) => string): string =>
  `WITH RECURSIVE "carried" ("id", "fromId", "isConfidential") AS (
     SELECT ${item}."id", ${item}."carriedFromId", ${item}."isConfidential"
     UNION ALL SELECT earlier."id", earlier."carriedFromId", earlier."isConfidential"
     FROM "agenda_items" earlier JOIN "carried" ON earlier."id" = "carried"."fromId"
     WHERE (NOT earlier."isConfidential" OR "carried"."isConfidential") AND ${isKnown('earlier')})
   SELECT "id" FROM "carried"`;

/**
 * SQL for the number of papers shown with item `item`. Few items were carried over, and the others need no recursion. A
 * CROSS JOIN, whose tables SQLite does not reorder: otherwise it would read all stored files for each item.
 */
export const paperCount = (item: string, isKnown: (earlier: string) => string): string =>
  `CASE WHEN ${item}."carriedFromId" IS NULL THEN (SELECT count(*) FROM "files" f WHERE ${isPaperOf(`${item}."id"`)})
   ELSE (SELECT count(*) FROM (${itemsWithPapersOf(item, isKnown)}) e CROSS JOIN "files" f WHERE ${isPaperOf('e."id"')}) END`;

const isPaperOf = (id: string): string => `f."kind" = 'agenda_item' AND f."thingId" = ${id} AND f."state" = 'stored'`;

/**
 * SQL for the ids of the agenda items whose papers stand with item `item`: itself, and the items it was carried over from, so
 * that papers are read where the item is treated. They stay with the session they were sent for. Ends at an earlier item for
 * which `isKnown` does not hold, and at a confidential one of an open item.
 */
export const itemsWithPapersOf = (item: string, isKnown: (earlier: string) => string): string =>
  `WITH RECURSIVE "carried" ("id", "fromId", "isConfidential") AS (
     SELECT ${item}."id", ${item}."carriedFromId", ${item}."isConfidential"
     UNION ALL SELECT earlier."id", earlier."carriedFromId", earlier."isConfidential"
     FROM "agenda_items" earlier JOIN "carried" ON earlier."id" = "carried"."fromId"
     WHERE (NOT earlier."isConfidential" OR "carried"."isConfidential") AND ${isKnown('earlier')})
   SELECT "id" FROM "carried"`;

/** SQL for the number of papers that stand with item `item`. */
export const paperCount = (item: string, isKnown: (earlier: string) => string): string =>
  `(SELECT count(*) FROM "files" f WHERE f."kind" = 'agenda_item' AND f."state" = 'stored'
     AND f."thingId" IN (${itemsWithPapersOf(item, isKnown)}))`;

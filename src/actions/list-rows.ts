import { Params, rows, type Source } from '../platform/database/rows.js';
import { coOwnersOf, LINE_COLUMNS, LINE_SHAPE } from './action-columns.js';
import type { LineRow, NamedOrganisation } from './actions.views.js';

/**
 * The state of every action at the end of a day, joined with unversioned columns: its last row by day, then by entry.
 */
export const asOfDay = (day: string): string => `(
  SELECT u."actionId" AS "id", x."number", x."numberKey", u."title", natural_key(u."title") AS "titleKey", x."details", u."areaId", x."meetingId", x."sessionId", u."theme",
    u."status", u."resumeOn", u."statusReason", u."ownerId", u."ownerPersonId", u."coOwnerIds", u."dueKind", u."dueOn", u."postponements",
    u."checkOn", u."isHandedBack", u."isPublic", x."isConfidential", x."isWithdrawn", u."result", u."doneOn", u."closedOn",
    u."recordedOn", x."version", x."publicText", x."reference", x."goalId"
  FROM "action_updates" u JOIN "actions" x ON x."id" = u."actionId"
  WHERE u."effectiveOn" <= ${day} AND NOT EXISTS (
    SELECT 1 FROM "action_updates" n WHERE n."actionId" = u."actionId" AND n."effectiveOn" <= ${day}
      AND (n."effectiveOn" > u."effectiveOn" OR (n."effectiveOn" = u."effectiveOn" AND n."sequence" > u."sequence")))) a`;

interface Asked {
  where: string;
  /** SQL for whether the caller may read all of an action. */
  isFull: string;
  params: Params;
}

/**
 * The rows of these actions (a condition on "actions" n) that meet the conditions. The order of reading is fixed, because
 * SQLite would rather read all actions of the permitted areas.
 */
export const rowsAmong = (source: Source, these: string, { where, isFull, params }: Asked): Promise<LineRow[]> =>
  rows<LineRow>(
    source,
    `SELECT ${LINE_COLUMNS}, ${coOwnersOf(source)} AS "coOwners", ${isFull} AS "isFull"
     FROM (SELECT n."id" FROM "actions" n WHERE ${these}) n CROSS JOIN "actions" a WHERE a."id" = n."id" AND ${where}`,
    params.values,
    LINE_SHAPE,
  );

/** A row of a list; as of a day with the ids of its co-owners in the place of their names. */
export type RowAsOf = LineRow & { coOwnerIds?: string[] };

/** Names the co-owners of rows as of a day, which have only their ids. */
export async function nameCoOwners(source: Source, found: RowAsOf[]): Promise<void> {
  const params = new Params();
  const ids = params.list([...new Set(found.flatMap(({ coOwnerIds }) => coOwnerIds ?? []))]);
  const organisations = await rows<NamedOrganisation>(
    source,
    `SELECT "id", "name" FROM "organisations" WHERE "id" IN (${ids}) ORDER BY natural_key("name")`,
    params.values,
  );
  for (const row of found) {
    row.coOwners = organisations.filter(({ id }) => row.coOwnerIds?.includes(id));
    delete row.coOwnerIds;
  }
}

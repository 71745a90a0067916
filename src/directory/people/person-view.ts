import { permittedAreas } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inPermittedAreas } from '../../platform/access/conditions.js';
import { ACTION_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { notFound } from '../../platform/common/problems.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { Params, row, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { maySeePerson } from '../organisations/own.conditions.js';
import type { PersonDetailView } from './people.dto.js';
import { Person } from './person.entity.js';

export const PERSON_SHAPE = {
  ...shapeOf(Person),
  memberships: 'json',
} as const;
const MEMBERSHIP = {
  id: 'm."id"',
  organisationId: 'm."organisationId"',
  organisationName: 'o."name"',
  function: 'm."function"',
  fromOn: 'm."fromOn"',
  untilOn: 'm."untilOn"',
  version: 'm."version"',
};

export const personColumns = (
  source: Source,
): string => `p."id", p."name", p."email", p."active", p."isShared", p."replacementId",
  p."replacementUntilOn", p."digestPausedUntilOn", p."isDigestStopped", p."version",
  (SELECT ${dialectOf(source).jsonObjects(MEMBERSHIP, 'm."fromOn", m."id"')} FROM "memberships" m
   JOIN "organisations" o ON o."id" = m."organisationId" WHERE m."personId" = p."id") AS "memberships"`;

/** One person; 404 if they do not exist or are hidden from the caller. */
export async function personView(source: Source, id: string, caller: Caller): Promise<PersonDetailView> {
  const params = new Params();
  const visible = maySeePerson(caller, 'p."id"', params);
  const sql = `SELECT ${personColumns(source)}, ${openActions(caller, params)} AS "openActions"
    FROM "people" p WHERE p."id" = ${params.add(id)} AND ${visible}`;
  const found = await row<PersonDetailView>(source, sql, params.values, PERSON_SHAPE);
  if (!found) throw notFound();
  return found;
}

/** SQL for the number of unfinished actions of the person that the caller may read by area. */
function openActions(caller: Caller, params: Params): string {
  const areas = permittedAreas(caller, 'actions.read');
  if (areas !== 'all' && areas.length === 0) return 'NULL';
  return `(SELECT count(*) FROM "actions" t WHERE t."ownerPersonId" = p."id" AND t."closedOn" IS NULL AND NOT t."isWithdrawn"
    AND ${inPermittedAreas(caller, 'actions.read', 't."areaId"', params)} AND ${knownTo(caller, 't', ACTION_PARTIES, params)})`;
}

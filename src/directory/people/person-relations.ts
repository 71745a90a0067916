import { hasReach } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { conflict, notFound } from '../../platform/common/problems.js';
import { writeHeld } from '../../platform/common/held-writes.js';
import { notEnded, Params, row, type Source } from '../../platform/database/rows.js';
import { isPersonOfOwnAreas, isPersonOfOwnOrganisations, maySeePerson } from '../organisations/own.conditions.js';
import type { Standing } from './people.rules.js';
import type { Person } from './person.entity.js';

const SHAPE = {
  isOfOwnAreas: 'boolean',
  isOfOwnOrganisations: 'boolean',
  isOfOthers: 'boolean',
  holdsGrant: 'boolean',
} as const;

/** How a person relates to the caller, in one statement; 404 if the caller may not see this person. */
export async function standingOf(source: Source, personId: string, caller: Caller): Promise<Standing> {
  // Whom the caller has just added, the audit trail says.
  await writeHeld(source);
  const params = new Params();
  const today = params.add(caller.today);
  const visible = maySeePerson(caller, 'p."id"', params);
  const ofAreas = isPersonOfOwnAreas(caller, 'p."id"', params);
  const ofOrganisations = hasReach(caller, 'people.write', 'organisation')
    ? isPersonOfOwnOrganisations(caller, 'p."id"', params)
    : 'FALSE';
  const found = await row<Omit<Standing, 'isSelf'>>(
    source,
    `SELECT ${ofAreas} AS "isOfOwnAreas", ${ofOrganisations} AS "isOfOwnOrganisations",
       EXISTS (SELECT 1 FROM "grants" g WHERE g."personId" = p."id" AND ${notEnded('g', today)}) AS "holdsGrant",
       EXISTS (SELECT 1 FROM "memberships" x WHERE x."personId" = p."id" AND ${notEnded('x', today)}
         AND NOT (x."organisationId" IN (${params.list(caller.organisationIds)}))) AS "isOfOthers"
     FROM "people" p WHERE p."id" = ${params.add(personId)} AND ${visible}`,
    params.values,
    SHAPE,
  );
  if (!found) throw notFound();
  return { ...found, isSelf: caller.personId === personId };
}

/** 409 `PERSON_ERASED` for a person whose name was erased. */
export function mustNotBeErased<T extends Pick<Person, 'email'>>(person: T): asserts person is T & { email: string } {
  if (person.email === null) throw conflict('PERSON_ERASED', 'This person has been erased; that cannot be undone.');
}

import { expect, it } from '@jest/globals';
import { getMetadataArgsStorage } from 'typeorm';
import { EXPORT_SECTIONS } from '../../src/administration/erasure/export-sections.js';
import { Person } from '../../src/directory/people/person.entity.js';
import '../../src/schema.js';

/** References to a person that no section reads, by reason. */
const NOT_READ: Record<string, string[]> = {
  'an act, which the audit trail has': [
    ...['clients.createdById', 'webhooks.createdById', 'reviews.createdById', 'minutes_versions.composedById'],
    ...['session_invitations.sentById', 'erasures.byId'],
  ],
  'the earlier state of what a section reads': ['action_updates.ownerPersonId'],
  'about people who were erased': ['erasures.personId', 'erasure_places.personId'],
  'encrypted, and kept until the next sign-in': ['kept_forms.personId'],
  'about somebody else, who is away': ['people.replacementId'],
};

it('gives people everything that refers to them', () => {
  const { tables, foreignKeys } = getMetadataArgsStorage();
  const tableOf = (target: unknown) => tables.find((one) => one.target === target)?.name;
  const references = foreignKeys
    .filter(({ type }) => typeof type === 'function' && (type as () => unknown)() === Person)
    .flatMap(({ target, propertyName }) =>
      tables
        .filter((one) => one.target === target || Object.getPrototypeOf(one.target) === target)
        .map((one) => ({ table: tableOf(one.target)!, column: propertyName! })),
    );
  expect(references.length).toBeGreaterThan(40);
  const sections = Object.values(EXPORT_SECTIONS).map(({ sql }) => sql);
  const isRead = ({ table, column }: { table: string; column: string }) =>
    sections.some((sql) => sql.includes(`"${table}"`) && sql.includes(`"${column}" = $1`));
  const missing = references.filter((one) => !isRead(one)).map(({ table, column }) => `${table}.${column}`);
  expect([...new Set(missing)].sort()).toEqual(Object.values(NOT_READ).flat().sort());
});

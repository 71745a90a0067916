import { count, day, flag, id, line, reference, text, version } from './columns.js';
import { CreateTables, index, table, unique } from './tables.js';

export class CreateDirectory1765000001000 extends CreateTables {
  tables = [
    table('areas', [
      id(),
      line(200, 'name'),
      line(5, 'code'),
      line(20, 'kind'),
      line(10, 'cbsCode?'),
      text('inhabitants?'),
      reference('areas', 'mergedIntoId?'),
      count('lastActionNumber, lastConfidentialNumber'),
      version(),
      unique('code'),
    ]),
    table('area_names', [id(), reference('areas', 'areaId'), line(200, 'name'), day('untilOn'), index('areaId')]),
    table('area_parents', [
      id(),
      reference('areas', 'areaId, parentId'),
      day('fromOn, untilOn?'),
      index('parentId'),
      index('areaId'),
    ]),
    table('organisations', [
      id(),
      line(200, 'name'),
      line(20, 'kind'),
      text('aliases'),
      reference('organisations', 'mergedIntoId?'),
      version(),
      unique('name'),
      // The few merged organisations: every request looks up which of them its user acts for as well.
      index('mergedIntoId', { name: 'organisations_merged', where: '"mergedIntoId" IS NOT NULL' }),
    ]),
    table('people', [
      id(),
      line(200, 'name'),
      line(254, 'email?'),
      flag(true, 'active'),
      flag(false, 'isShared'),
      reference('people', 'replacementId?'),
      day('replacementUntilOn?, digestPausedUntilOn?'),
      flag(false, 'isDigestStopped'),
      version(),
      // The account at the identity provider: an address can be reassigned to somebody else there, an account cannot.
      line(800, 'providerAccount?'),
      unique('email'),
      index('providerAccount', { name: 'people_provider_account', isUnique: true }),
    ]),
    table('memberships', [
      id(),
      reference('people', 'personId'),
      reference('organisations', 'organisationId'),
      line(200, 'function?'),
      day('fromOn, untilOn?'),
      version(),
      index('organisationId'),
      index('personId'),
    ]),
    table('contacts', [
      id(),
      reference('organisations', 'organisationId'),
      reference('areas', 'areaId?'),
      reference('people', 'personId'),
      day('fromOn, untilOn?'),
      version(),
      index('personId'),
      index('organisationId, areaId'),
    ]),
    table('grants', [
      id(),
      reference('people', 'personId'),
      line(10, 'role'),
      reference('areas', 'areaId'),
      day('fromOn, untilOn?'),
      version(),
      index('areaId'),
      index('personId'),
    ]),
  ];
}

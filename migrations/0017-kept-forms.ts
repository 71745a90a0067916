import { line, moment, primary, reference, text } from './columns.js';
import { CreateTables, table } from './tables.js';

/** Forms submitted after the sign-in had expired, stored so that their user can submit them again. */
export class CreateKeptForms1765000016000 extends CreateTables {
  tables = [
    table('kept_forms', [
      primary(reference('people', 'personId')),
      line(64, 'hash'),
      text('sealed'),
      moment('expiresAt'),
    ]),
  ];
}

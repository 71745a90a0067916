import { flag, id, line, moment, reference, uuid, version, whole } from './columns.js';
import { CreateTables, index, table } from './tables.js';

/** Files that belong to an object: an action, an agenda item. */
export class CreateFiles1765000039000 extends CreateTables {
  tables = [
    table('files', [
      id(),
      line(20, 'kind'),
      uuid('thingId'),
      line(120, 'name'),
      line(10, 'state, format?'),
      whole('bytes?, width?, height?'),
      line(64, 'sha256?'),
      flag(false, 'isPublic'),
      reference('people', 'addedById'),
      moment('addedAt'),
      line(500, 'removedGround?'),
      version(),
      index('kind, thingId'),
      index('state'),
    ]),
  ];
}

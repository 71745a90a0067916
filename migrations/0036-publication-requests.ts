import { id, line, moment, reference, version } from './columns.js';
import { CreateTables, index, table, unique } from './tables.js';

/** Who wants to be mailed about publications. */
export class CreatePublicationRequests1765000036000 extends CreateTables {
  tables = [
    table('publication_requests', [
      id(),
      reference('people', 'personId'),
      line(20, 'subject'),
      reference('areas', 'areaId?'),
      moment('askedAt'),
      version(),
      unique('personId, subject, areaId'),
      index('subject'),
    ]),
  ];
}

import { id, line, moment, primary, reference, text, version, whole } from './columns.js';
import { CreateTables, index, table, unique } from './tables.js';

export class CreateMinutes1765000005000 extends CreateTables {
  tables = [
    table('minutes', [
      id(),
      reference('sessions', 'sessionId'),
      line(10, 'state'),
      whole('currentNumber'),
      moment('sentAt?, adoptedAt?'),
      reference('sessions', 'adoptedInId?'),
      version(),
      unique('sessionId'),
    ]),
    table('minutes_versions', [
      id(),
      reference('minutes', 'minutesId'),
      whole('number'),
      line(20, 'reason'),
      moment('composedAt'),
      reference('people', 'composedById?'),
      line(64, 'hash'),
      unique('minutesId, number'),
    ]),
    table('minutes_parts', [
      id(),
      reference('minutes_versions', 'versionId'),
      line(20, 'label'),
      text('content?'),
      line(64, 'salt?, hash'),
      whole('sinceNumber?'),
      unique('versionId, label'),
    ]),
    table('minutes_part_parties', [
      primary(reference('minutes_parts', 'partId'), reference('organisations', 'organisationId')),
      index('organisationId'),
    ]),
    table('minutes_names', [
      id(),
      reference('minutes', 'minutesId'),
      reference('people', 'personId?'),
      line(200, 'name?, function?'),
      index('personId'),
      index('minutesId'),
    ]),
    table('minutes_events', [
      id(),
      reference('minutes', 'minutesId'),
      line(20, 'kind'),
      moment('at'),
      reference('people', 'byId?'),
      reference('sessions', 'sessionId?'),
      reference('minutes_versions', 'versionId?'),
      text('text?'),
      // Remarks and redactions refer to an agenda item.
      line(20, 'itemNumber?'),
      index('minutesId'),
    ]),
  ];
}

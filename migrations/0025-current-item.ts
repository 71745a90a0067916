import { line, primary, reference } from './columns.js';
import { CreateTables, table } from './tables.js';

/** What is being discussed in an open session: an item of its agenda, or a part of the session. */
export class CreateCurrentItems1765000024000 extends CreateTables {
  tables = [
    table('current_items', [
      primary(reference('sessions', 'sessionId')),
      reference('agenda_items', 'agendaItemId?'),
      line(20, 'part?'),
    ]),
  ];
}

import { id, line, moment, primary, reference, version } from './columns.js';
import { CreateTables, index, table, unique } from './tables.js';

export class CreateSessions1765000006000 extends CreateTables {
  tables = [
    table('calendar_feeds', [
      id(),
      reference('people', 'personId'),
      reference('meetings', 'meetingId?'),
      line(64, 'hash'),
      moment('createdAt'),
      version(),
      unique('hash'),
      index('personId'),
    ]),
    table('session_invitations', [
      primary(reference('sessions', 'sessionId')),
      moment('sentAt'),
      reference('people', 'sentById?'),
      version(),
    ]),
  ];
}

import { id, line, moment, reference, text, uuid, whole } from './columns.js';
import { CreateTables, index, table } from './tables.js';

/** What can be undone while a session is open. */
export class CreateTreatments1765000021000 extends CreateTables {
  tables = [
    table('treatments', [
      id(),
      reference('discussions', 'discussionId'),
      line(20, 'outcomeBefore?'),
      text('noteBefore?'),
      whole('versionAfter'),
      uuid('updateId?'),
      moment('recordedAt'),
      index('discussionId'),
    ]),
  ];
}

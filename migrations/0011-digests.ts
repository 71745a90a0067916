import { count, id, line, moment, text, whole } from './columns.js';
import { CreateTables, table, unique } from './tables.js';

export class CreateDigests1765000010000 extends CreateTables {
  tables = [
    table('digest_runs', [
      id(),
      whole('isoYear, isoWeek'),
      line(10, 'state'),
      moment('dueAt, plannedAt'),
      count('planned'),
      text('reason?'),
      unique('isoYear, isoWeek'),
    ]),
  ];
}

import { primary, reference } from './columns.js';
import { CreateTables, table } from './tables.js';

/** Actions whose owners have not been notified yet. */
export class CreateUntoldActions1765000029000 extends CreateTables {
  tables = [table('untold_actions', [primary(reference('actions', 'actionId'))])];
}

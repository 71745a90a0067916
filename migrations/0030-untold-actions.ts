import { primary, reference } from './columns.js';
import { CreateTables, table } from './tables.js';

/** The actions of which their owners do not know yet. */
export class CreateUntoldActions1765000029000 extends CreateTables {
  tables = [table('untold_actions', [primary(reference('actions', 'actionId'))])];
}

import type { Params } from '../database/rows.js';
import { permittedAreas } from './access.rules.js';
import type { Caller } from './caller.js';
import type { Permission } from './permissions.js';

/** SQL for "in an area where the caller has this permission", over a column with area ids. */
export function inPermittedAreas(caller: Caller, permission: Permission, column: string, params: Params): string {
  const areas = permittedAreas(caller, permission);
  return areas === 'all' ? 'TRUE' : `${column} IN (${params.list(areas)})`;
}

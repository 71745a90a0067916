import type { Params } from '../database/rows.js';
import { hasReach, permittedAreas } from './access.rules.js';
import type { Caller } from './caller.js';
import type { Permission } from './permissions.js';

/** SQL for "in an area where the caller has this permission", over a column with area ids. */
export function inPermittedAreas(caller: Caller, permission: Permission, column: string, params: Params): string {
  const areas = permittedAreas(caller, permission);
  return areas === 'all' ? 'TRUE' : `${column} IN (${params.list(areas)})`;
}

/** The same for a session: in such an area, or one the caller is named for; over columns with ids of sessions and areas. */
export function inPermittedSessions(
  caller: Caller,
  permission: Permission,
  { session, area }: { session: string; area: string },
  params: Params,
): string {
  const inAreas = inPermittedAreas(caller, permission, area, params);
  if (caller.sessionIds.length === 0 || !hasReach(caller, permission, 'sessions')) return inAreas;
  return `(${inAreas} OR ${session} IN (${params.list(caller.sessionIds)}))`;
}

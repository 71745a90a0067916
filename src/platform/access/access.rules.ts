import { ROLES_WITH_AREAS, type Caller } from './caller.js';
import { PERMISSIONS, type Permission, type Reach, type Role } from './permissions.js';

/** How far one role carries a permission; undefined when it does not give it. */
export function reachOf(permission: Permission, role: Role): Reach | undefined {
  return (PERMISSIONS[permission] as Partial<Record<Role, Reach>>)[role];
}

/** Whether the caller has the permission with this reach through any role. */
export function hasReach(caller: Caller, permission: Permission, reach: Reach): boolean {
  for (const role of caller.roles) if (reachOf(permission, role) === reach) return true;
  return false;
}

/** Whether any role gives the permission at all; how far it goes is for the query. */
export function isPermitted(caller: Caller, permission: Permission): boolean {
  return [...caller.roles].some((role) => reachOf(permission, role) !== undefined);
}

/** The areas in which the caller has a permission; `'all'` for everywhere. */
export function permittedAreas(caller: Caller, permission: Permission): 'all' | string[] {
  if (hasReach(caller, permission, 'all')) return 'all';
  const roles = ROLES_WITH_AREAS.filter((role) => caller.roles.has(role) && reachOf(permission, role) === 'areas');
  return [...new Set(roles.flatMap((role) => caller.areaIds[role]))];
}

export function isPermittedIn(caller: Caller, permission: Permission, areaId: string): boolean {
  if (hasReach(caller, permission, 'all')) return true;
  return ROLES_WITH_AREAS.some(
    (role) => caller.roles.has(role) && reachOf(permission, role) === 'areas' && caller.areaIds[role].includes(areaId),
  );
}

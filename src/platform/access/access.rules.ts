import { ROLES_WITH_AREAS, type Caller } from './caller.js';
import { PERMISSIONS, type Permission, type Scope, type Role } from './permissions.js';

/** The scope one role has for a permission; undefined when the role does not grant it. */
function reachOf(permission: Permission, role: Role): Scope | undefined {
  return (PERMISSIONS[permission] as Partial<Record<Role, Scope>>)[role];
}

/**
 * Whether a role of the caller counts for a permission: a client's counts only for the permissions it was granted by
 * name.
 */
const counts = ({ permissions }: Caller, permission: Permission, role: Role): boolean =>
  role !== 'client' || permissions!.has(permission);

/** Whether any of the caller's roles grants the permission with exactly this scope. */
export function hasReach(caller: Caller, permission: Permission, reach: Scope): boolean {
  for (const role of caller.roles)
    if (reachOf(permission, role) === reach && counts(caller, permission, role)) return true;
  return false;
}

/** Whether any role grants the permission at all; the query applies the scope. */
export function isPermitted(caller: Caller, permission: Permission): boolean {
  return [...caller.roles].some((role) => reachOf(permission, role) !== undefined && counts(caller, permission, role));
}

/** The areas in which the caller has a permission; `'all'` for no restriction. */
export function permittedAreas(caller: Caller, permission: Permission): 'all' | string[] {
  if (hasReach(caller, permission, 'all')) return 'all';
  const roles = ROLES_WITH_AREAS.filter(
    (role) => caller.roles.has(role) && reachOf(permission, role) === 'areas' && counts(caller, permission, role),
  );
  if (roles.length === 1) return caller.areaIds[roles[0]];
  return [...new Set(roles.flatMap((role) => caller.areaIds[role]))];
}

/** Whether the caller has a permission in a session: through its area, or because they are named for it. */
export function isPermittedAt(
  caller: Caller,
  permission: Permission,
  session: { id: string; areaId: string },
): boolean {
  if (isPermittedIn(caller, permission, session.areaId)) return true;
  return hasReach(caller, permission, 'sessions') && caller.sessionIds.includes(session.id);
}

/** Whether the caller has a permission in an area: everywhere, or there by one of their roles. */
export function isPermittedIn(caller: Caller, permission: Permission, areaId: string): boolean {
  if (hasReach(caller, permission, 'all')) return true;
  return ROLES_WITH_AREAS.some(
    (role) =>
      caller.roles.has(role) &&
      reachOf(permission, role) === 'areas' &&
      caller.areaIds[role].includes(areaId) &&
      counts(caller, permission, role),
  );
}

/** Hides the name of the person who recorded it from callers who may not read people, such as readers. */
export const withNameKnownTo = <T extends { recordedByName: string | null }>(caller: Caller, one: T): T =>
  isPermitted(caller, 'people.read') ? one : { ...one, recordedByName: null };

import { isPermitted } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import type { Permission } from '../platform/access/permissions.js';

interface Entry {
  href: string;
  label: string;
  /** Shown to everyone who has it in any area. */
  permission: Permission;
  /** Other pages that belong to it. */
  also?: string[];
}

/** The navigation, in order. */
const ENTRIES: Entry[] = [
  { href: '/mijn-acties', label: 'Mijn acties', permission: 'actions.answer' },
  { href: '/overleggen', label: 'Overleggen', permission: 'meetings.read', also: ['/vergaderingen'] },
  { href: '/gebieden', label: 'Gebieden', permission: 'areas.read', also: ['/acties', '/verslagen'] },
  { href: '/wijkagenda', label: 'Wijkagenda', permission: 'wijkagendas.read', also: ['/doelen'] },
  { href: '/opgaven', label: 'Opgaven', permission: 'opgaven.read' },
  { href: '/koersoverzicht', label: 'Koersoverzicht', permission: 'koersoverzicht.read' },
  { href: '/jaarevaluatie', label: 'Jaarevaluatie', permission: 'reviews.read', also: ['/gelukt'] },
  { href: '/waardering', label: 'Waardering', permission: 'ratings.read' },
  { href: '/beheer', label: 'Beheer', permission: 'people.write' },
];

export interface NavigationItem {
  href: string;
  label: string;
  isCurrent: boolean;
}

/** The navigation items of a caller; the current page's item is marked, also on the pages below it. */
export function navigationFor(caller: Caller, path: string): NavigationItem[] {
  return ENTRIES.filter(({ permission }) => isPermitted(caller, permission)).map(({ href, label, also = [] }) => ({
    href,
    label,
    isCurrent: [href, ...also].some((one) => path === one || path.startsWith(`${one}/`)),
  }));
}

/** The page after signing in: the first one in the caller's navigation. */
export const startPageOf = (caller: Caller): string => navigationFor(caller, '')[0]?.href ?? '/account';

import { isPermitted } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import type { Permission } from '../platform/access/permissions.js';

interface Entry {
  href: string;
  label: string;
  /** Shown to who has it anywhere. */
  permission: Permission;
  /** Pages elsewhere that belong to it. */
  also?: string[];
}

/** The pages of the navigation, in order. */
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

/** What a caller finds in the navigation; the page itself and those below it are marked. */
export function navigationFor(caller: Caller, path: string): NavigationItem[] {
  return ENTRIES.filter(({ permission }) => isPermitted(caller, permission)).map(({ href, label, also = [] }) => ({
    href,
    label,
    isCurrent: [href, ...also].some((one) => path === one || path.startsWith(`${one}/`)),
  }));
}

/** Where somebody comes in: the first page of the own navigation. */
export const startPageOf = (caller: Caller): string => navigationFor(caller, '')[0]?.href ?? '/account';

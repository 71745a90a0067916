import { isPermitted } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import type { Permission } from '../platform/access/permissions.js';
import { administrationNameOf, type Audience, audienceOf, onlyReads, startNameOf } from './audience.rules.js';
import { ADMINISTRATION } from './records.rules.js';

interface Entry {
  href: string;
  label: string;
  /** Its word in the menu as the only page of its section, if that is another one. */
  alone?: string;
  /** Shown to everyone who has it in any area, or everywhere. */
  permission: Permission;
  /** Who has something to see there, if not everyone with the permission. */
  isFor?: (who: Audience) => boolean;
  /** For whom it comes after the other pages of its section. */
  isLast?: (who: Audience) => boolean;
  /** Other paths that belong to the page. */
  also?: string[];
}

interface Section {
  /** The word in the menu; if only one of its pages is open to the caller, that page's word is used. */
  label: string;
  pages: Entry[];
}

/** The menu: at most six words, whatever roles somebody has. A section opens at its first page open to the caller. */
const SECTIONS: Section[] = [
  {
    label: 'Overleggen',
    pages: [
      {
        href: '/overleggen',
        label: 'Overleggen',
        permission: 'meetings.read',
        // A member of an organisation that is at no table, who has other work here, would find nothing.
        isFor: (who) => who.isChair || who.isPartner || who.isOfficer || who.isAdministrator,
        also: ['/vergaderingen', '/agendapunten', '/besluitenlijst'],
      },
      {
        href: '/gebieden',
        label: 'Gebieden',
        permission: 'areas.read',
        also: ['/verslagen', '/budgetten', '/initiatieven', '/vragen'],
      },
    ],
  },
  {
    label: 'Acties',
    pages: [
      {
        href: '/mijn-acties',
        label: 'Mijn acties',
        permission: 'actions.answer',
        // Actions belong to organisations.
        isFor: (who) => who.isMember,
        isLast: onlyReads,
      },
      { href: '/acties', label: 'Alle acties', alone: 'Acties', permission: 'actions.read' },
    ],
  },
  {
    label: 'Wijkagenda',
    pages: [
      { href: '/wijkagenda', label: 'Wijkagenda’s', permission: 'wijkagendas.read', also: ['/doelen'] },
      { href: '/opgaven', label: 'Opgaven', permission: 'opgaven.read' },
    ],
  },
  {
    label: 'Resultaten',
    pages: [
      { href: '/koersoverzicht', label: 'Koersoverzicht', permission: 'koersoverzicht.read' },
      { href: '/jaarevaluatie', label: 'Jaarevaluaties', permission: 'reviews.read' },
      { href: '/gelukt', label: 'Gelukt per kwartaal', permission: 'reviews.read' },
      {
        href: '/waardering',
        label: 'Waardering',
        permission: 'ratings.read',
        isFor: (who) => who.isChair || who.isMember || who.isReader,
      },
    ],
  },
  { label: 'Beheer', pages: [{ href: ADMINISTRATION, label: 'Beheer', permission: 'people.write' }] },
];

const TABS: Record<string, string> = { '/mijn-acties/tabel': '/mijn-acties', '/mijn-acties/voor-ons': '/mijn-acties' };

interface NavigationItem {
  href: string;
  label: string;
  isCurrent: boolean;
}

interface Navigation {
  menu: NavigationItem[];
  /** The pages of the current section, on each of these pages; empty if it has only one. */
  section: NavigationItem[];
}

/** The menu of a caller, and the pages beside the current one. */
export function navigationFor(caller: Caller, path: string): Navigation {
  const who = audienceOf(caller);
  const sections = SECTIONS.map(({ label, pages }) => {
    const allowed = pages.filter(({ permission, isFor }) => isPermitted(caller, permission) && (isFor?.(who) ?? true));
    const isLast = (page: Entry): boolean => page.isLast?.(who) ?? false;
    const open = [...allowed.filter((page) => !isLast(page)), ...allowed.filter(isLast)].map((page) =>
      page.href === ADMINISTRATION ? { ...page, label: administrationNameOf(caller) } : page,
    );
    return { label: open.length === 1 ? (open[0].alone ?? open[0].label) : label, open };
  }).filter(({ open }) => open.length > 0);
  const isAt = (one: string): boolean => path === one || path.startsWith(`${one}/`);
  const isOf = ({ href, also = [] }: Entry): boolean => [href, ...also].some(isAt);
  // Tabs of a page have the menu of that page, so that nothing jumps.
  const pageOf = TABS[path] ?? path;
  const here = sections.find(({ open }) => open.some(({ href }) => href === pageOf));
  return {
    menu: [
      { href: '/', label: startNameOf(caller), isCurrent: path === '/' },
      ...sections.map(({ label, open }) => ({ href: open[0].href, label, isCurrent: open.some(isOf) })),
    ],
    section:
      here && here.open.length > 1
        ? here.open.map(({ href, label }) => ({ href, label, isCurrent: href === pageOf }))
        : [],
  };
}

import type { ActionListDto } from '../actions.dto.js';
import type { ActionLine, PublicActionLine } from '../actions.views.js';
import { capital } from '../../platform/rendering/text.js';
import { deadlineWords, STATUS_BADGES, STATUS_WORDS } from '../words.js';

/** Beyond this a list is paged. */
export const PAGE_SIZE = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LONGEST_SEARCH = 200;

/** The filters by status; the first one is the default. */
export const STANDINGS = [
  { value: 'lopend', label: 'Open en lopend', filter: { open: true } },
  { value: 'te-laat', label: 'Te laat', filter: { overdue: true } },
  { value: 'stokt', label: capital(STATUS_WORDS.blocked), filter: { status: 'blocked' } },
  { value: 'terug', label: 'Zonder actiehouder', filter: { handedBack: true } },
  { value: 'gereed', label: capital(STATUS_WORDS.done), filter: { status: 'done' } },
  { value: 'vervallen', label: capital(STATUS_WORDS.cancelled), filter: { status: 'cancelled' } },
  { value: 'alles', label: 'Alles', filter: {} },
] as const;

const SORTS = [
  { value: 'nummer', label: 'Nummer', sort: 'number' },
  { value: 'wat', label: 'Wat', sort: 'title' },
  { value: 'wanneer', label: 'Wanneer', sort: 'dueOn' },
  { value: 'stand', label: 'Stand', sort: 'status' },
] as const;

/** The filters in the URL of the list, as far as they are valid; the rest is ignored. */
export interface ActionFilter {
  stand: string;
  organisatie: string;
  thema: string;
  zoek: string;
  sorteer: string;
  pagina: number;
}

export function actionFilterOf(query: Record<string, unknown>): ActionFilter {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].trim().slice(0, LONGEST_SEARCH) : '');
  const organisation = text('organisatie').toLowerCase();
  const sort = text('sorteer');
  const page = Number(text('pagina'));
  return {
    stand: STANDINGS.find(({ value }) => value === text('stand'))?.value ?? STANDINGS[0].value,
    organisatie: UUID.test(organisation) ? organisation : '',
    thema: text('thema').slice(0, 100),
    // No title contains control characters.
    zoek: text('zoek').replaceAll(/[\u0000-\u001f\u007f]/g, ''),
    sorteer: SORTS.some(({ value }) => value === sort.replace('-', '')) ? sort : 'wanneer',
    pagina: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

/** The filters of the page as those of the API. */
export function toQuery(wish: ActionFilter, areaId: string): ActionListDto {
  const { filter } = STANDINGS.find(({ value }) => value === wish.stand)!;
  const sort = SORTS.find(({ value }) => value === wish.sorteer.replace('-', ''))!.sort;
  return {
    area: areaId,
    ...filter,
    ...(wish.organisatie && { organisation: wish.organisatie }),
    ...(wish.thema && { theme: wish.thema }),
    ...(wish.zoek && { q: wish.zoek }),
    sort: wish.sorteer.startsWith('-') ? `-${sort}` : sort,
    page: wish.pagina,
    pageSize: PAGE_SIZE,
  };
}

/** The filters as a URL, with some of them changed; defaults are left out. */
export function addressOf(path: string, wish: ActionFilter, other: Partial<ActionFilter> = {}): string {
  const all = { ...wish, ...other };
  const usual: Partial<ActionFilter> = { stand: STANDINGS[0].value, sorteer: 'wanneer', pagina: 1 };
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) {
    if (value !== '' && value !== usual[name as keyof ActionFilter]) search.set(name, String(value));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/** The table headers: a link that sorts, and the current sort order. */
export function headsOf(path: string, wish: ActionFilter) {
  return SORTS.map(({ value, label }) => {
    const isUp = wish.sorteer === value;
    const isDown = wish.sorteer === `-${value}`;
    return {
      label,
      href: addressOf(path, wish, { sorteer: isUp ? `-${value}` : value, pagina: 1 }),
      ariaSort: isUp ? 'ascending' : isDown ? 'descending' : null,
      arrow: isUp ? '▲' : isDown ? '▼' : '',
    };
  });
}

/** A row of the table, as visible to the reader. */
export function toRow(line: ActionLine | PublicActionLine) {
  const full = 'version' in line ? line : undefined;
  const names = full?.coOwners.map(({ name }) => name).join(', ');
  return {
    id: line.id,
    number: line.number,
    title: line.title,
    areaName: line.areaName,
    who: full?.isHandedBack ? 'nog geen actiehouder' : (line.ownerName ?? 'nog geen actiehouder'),
    person: full?.ownerPersonName ?? '',
    together: names ? `samen met ${names}` : '',
    dueOn: line.dueOn,
    isNextSession: line.dueKind === 'next_session',
    when: deadlineWords(line),
    daysOverdue: full?.daysOverdue ?? 0,
    postponements: full?.postponements ?? 0,
    statusName: STATUS_WORDS[line.status],
    resumeOn: line.status === 'on_hold' ? (full?.resumeOn ?? null) : null,
    badge: STATUS_BADGES[line.status],
    reason: full?.statusReason ?? '',
    result: line.result ?? '',
    isConfidential: full?.isConfidential ?? false,
  };
}

/** The position in a long list, and the links to the next and previous page. */
export function pagesOf(path: string, wish: ActionFilter, total: number) {
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const to = (page: number) => addressOf(path, wish, { pagina: page });
  return {
    total,
    page: wish.pagina,
    last,
    hasMore: last > 1,
    previous: wish.pagina > 1 ? to(Math.min(wish.pagina - 1, last)) : null,
    next: wish.pagina < last ? to(wish.pagina + 1) : null,
  };
}

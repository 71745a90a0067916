import type { ActionListDto } from '../actions.dto.js';
import { capital } from '../../platform/rendering/text.js';
import { addDays, isoWeekOf, mondayOf } from '../../platform/common/calendar-date.js';
import { isId } from '../../platform/common/ids.js';
import { type Pages, pagesOf } from '../../web/paging.rules.js';
import { STATUS_WORDS } from '../words.js';

/** Beyond this a list is paged. */
export const PAGE_SIZE = 100;
export const LIST = '/acties';
const LONGEST_SEARCH = 200;

/** The status filters; the first one is the default. */
export const STANDINGS = [
  { value: 'lopend', label: 'Open en lopend', filter: { open: true } },
  { value: 'te-laat', label: 'Te laat', filter: { overdue: true } },
  { value: 'stokt', label: capital(STATUS_WORDS.blocked), filter: { status: 'blocked' } },
  { value: 'gereed', label: capital(STATUS_WORDS.done), filter: { status: 'done' } },
  { value: 'vervallen', label: capital(STATUS_WORDS.cancelled), filter: { status: 'cancelled' } },
  { value: 'alles', label: 'Alles', filter: {} },
] as const;

/** Who: besides an organisation, the reader's own, or nobody. */
export const OWN = 'ons';
export const NOBODY = 'niemand';
const WEEK = 'week';
/** As a chair counts: what has an owner in the areas of the reader, each action under its owner alone. */
const CHAIR = 'voorzitter';

/** The columns that sort, in the order of the table. */
export const SORTS = [
  { value: 'nummer', label: 'Nummer', sort: 'number' },
  { value: 'wat', label: 'Wat', sort: 'title' },
  { value: 'wanneer', label: 'Wanneer', sort: 'dueOn' },
  { value: 'stand', label: 'Stand', sort: 'status' },
] as const;

/** The filters in the URL of the list, with their defaults, which the URL leaves out. */
const USUAL = {
  stand: STANDINGS[0].value as string,
  termijn: '',
  organisatie: '',
  als: '',
  gebied: '',
  thema: '',
  domein: '',
  doel: '',
  opgave: '',
  zoek: '',
  sorteer: 'wanneer',
  pagina: 1,
};
/** The filters in the URL as far as they are valid; the rest is ignored. */
export type ActionFilter = typeof USUAL;
const NAMES = Object.keys(USUAL) as (keyof ActionFilter)[];

export function actionFilterOf(query: Record<string, unknown>): ActionFilter {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].trim().slice(0, LONGEST_SEARCH) : '');
  const id = (name: string) => (isId(text(name).toLowerCase()) ? text(name).toLowerCase() : '');
  const who = text('organisatie');
  const sort = text('sorteer');
  const page = Number(text('pagina'));
  // "Zonder actiehouder" used to be a status: links to it keep working.
  const wasStanding = text('stand') === 'terug';
  return {
    stand: STANDINGS.find(({ value }) => value === text('stand'))?.value ?? USUAL.stand,
    termijn: text('termijn') === WEEK ? WEEK : '',
    organisatie: wasStanding ? NOBODY : [OWN, NOBODY].includes(who) ? who : id('organisatie'),
    als: text('als') === CHAIR && who !== NOBODY ? CHAIR : '',
    gebied: id('gebied'),
    thema: text('thema').slice(0, 100),
    domein: text('domein').slice(0, 50),
    doel: id('doel'),
    opgave: id('opgave'),
    // No title contains control characters.
    zoek: text('zoek').replaceAll(/[\u0000-\u001f\u007f]/g, ''),
    sorteer: SORTS.some(({ value }) => value === sort.replace('-', '')) ? sort : USUAL.sorteer,
    pagina: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

/** The filters of the page as those of the API; `today` determines this week, from Monday to Sunday. */
export function toQuery(wish: ActionFilter, today: string): ActionListDto {
  const { filter } = STANDINGS.find(({ value }) => value === wish.stand)!;
  const sort = SORTS.find(({ value }) => value === wish.sorteer.replace('-', ''))!.sort;
  const monday = mondayOf(isoWeekOf(today));
  return {
    ...filter,
    ...(wish.termijn && { dueFrom: monday, dueUntil: addDays(monday, 6) }),
    ...whoOf(wish),
    ...(wish.gebied && { area: wish.gebied }),
    ...(wish.thema && { theme: wish.thema }),
    ...(wish.domein && { domain: wish.domein }),
    ...(wish.doel && { goal: wish.doel }),
    ...(wish.opgave && { opgave: wish.opgave }),
    ...(wish.zoek && { q: wish.zoek }),
    sort: wish.sorteer.startsWith('-') ? `-${sort}` : sort,
    page: wish.pagina,
    pageSize: PAGE_SIZE,
  };
}

function whoOf({ organisatie: who, als }: ActionFilter): Partial<ActionListDto> {
  const chaired = als === CHAIR ? { chaired: true } : {};
  if (who === OWN) return { ...chaired, mine: true };
  if (who === NOBODY) return { handedBack: true };
  if (!who) return chaired;
  return als === CHAIR ? { ...chaired, owner: who } : { organisation: who };
}

/** The late actions of one organisation, or of all, as the chair's start page and weekly mail count them. */
export const lateForChair = (organisationId: string | null = null, path = LIST): string =>
  addressOf(USUAL, { stand: 'te-laat', als: CHAIR, organisatie: organisationId ?? '' }, path);

/** The filters as a URL, with some of them changed; defaults are left out. */
export function addressOf(wish: ActionFilter, other: Partial<ActionFilter> = {}, path = LIST): string {
  const all = { ...wish, ...other };
  const search = new URLSearchParams();
  for (const name of NAMES) if (all[name] !== USUAL[name]) search.set(name, String(all[name]));
  return search.size > 0 ? `${path}?${search}` : path;
}

/** The filters in force that have no field in the form, which passes them on. */
export const keptOf = (wish: ActionFilter, fields: readonly string[]): { name: string; value: string }[] =>
  NAMES.filter((name) => ![...fields, 'zoek', 'pagina'].includes(name) && wish[name] !== USUAL[name]).map((name) => ({
    name,
    value: String(wish[name]),
  }));

/** A link that adds a filter, or removes it if `isOn`. */
interface FilterLink {
  label: string;
  href: string;
  isOn: boolean;
}

/** The views that people ask for most; each can be combined with the others and with every filter. */
export function viewsOf(wish: ActionFilter, hasOrganisation: boolean): FilterLink[] {
  const view = (label: string, field: 'stand' | 'termijn' | 'organisatie', value: string): FilterLink => {
    const isOn = wish[field] === value;
    return { label, isOn, href: addressOf(wish, { [field]: isOn ? USUAL[field] : value, pagina: 1 }) };
  };
  return [
    view('Te laat', 'stand', 'te-laat'),
    view('Deze week', 'termijn', WEEK),
    view('Zonder actiehouder', 'organisatie', NOBODY),
    ...(hasOrganisation ? [view('Van mijn organisatie', 'organisatie', OWN)] : []),
  ];
}

/** The names of the filtered records, by their id in the URL. */
export type FilterNames = Partial<Record<'organisatie' | 'gebied' | 'doel' | 'opgave', string>>;

/** The other filters in force, each with the URL without it. */
export function chosenOf(wish: ActionFilter, names: FilterNames): FilterLink[] {
  const standing = STANDINGS.find(({ value }) => value === wish.stand)!;
  const isView = wish.stand === 'te-laat' || wish.stand === USUAL.stand;
  const found: [keyof ActionFilter, string | undefined | false][] = [
    ['stand', !isView && standing.label],
    ['als', wish.als && 'In uw gebieden, met actiehouder'],
    ['gebied', names.gebied],
    ['organisatie', names.organisatie],
    ['thema', wish.thema && `Thema: ${wish.thema}`],
    ['domein', wish.domein && `Domein: ${wish.domein}`],
    ['doel', names.doel && `Doel: ${names.doel}`],
    ['opgave', names.opgave && `Opgave: ${names.opgave}`],
    ['zoek', wish.zoek && `“${wish.zoek}”`],
  ];
  return found.flatMap(([field, label]) =>
    label ? [{ label, isOn: true, href: addressOf(wish, { [field]: USUAL[field], pagina: 1 }) }] : [],
  );
}

/** The table headers: a link that sorts, and the current sort order. */
export function headsOf(wish: ActionFilter) {
  return SORTS.map(({ value, label }) => {
    const isUp = wish.sorteer === value;
    const isDown = wish.sorteer === `-${value}`;
    return {
      label,
      href: addressOf(wish, { sorteer: isUp ? `-${value}` : value, pagina: 1 }),
      ariaSort: isUp ? 'ascending' : isDown ? 'descending' : null,
      arrow: isUp ? '▲' : isDown ? '▼' : '',
    };
  });
}

/** The position in a long list, and the links to the next and previous page. */
export const pagesFor = (wish: ActionFilter, total: number): Pages =>
  pagesOf(total, wish.pagina, PAGE_SIZE, (page) => addressOf(wish, { pagina: page }));

/** Whether anything narrows the list. */
export const isFiltered = (wish: ActionFilter): boolean =>
  addressOf(wish, { pagina: USUAL.pagina, sorteer: USUAL.sorteer }) !== LIST;

import { inDutch, inShort } from '../platform/common/calendar-date.js';
import type { Page } from '../platform/common/paging.js';
import type { Fields } from './forms.js';

export interface Cell {
  text: string;
  href: string | null;
  /** A status badge: `success`, `warning`, `danger`, `neutral`. */
  badge: string | null;
  /** The day that the text abbreviates, and the words after it. */
  day?: string;
  wholeDay?: string;
  after?: string;
}

export interface Table {
  /** For screen readers. */
  caption: string;
  head: string[];
  /** For each column, whether it has sums of money. */
  amounts: boolean[];
  rows: { cells: (Cell & Shape)[] }[];
}

/** How a cell is shown in its table. */
interface Shape {
  label: string;
  isHead: boolean;
  isLong: boolean;
  isNothing: boolean;
  isAmount: boolean;
}

const EMPTY = '–';
/** A longer text may be cut in a list, where a record is one line; its page has all of it. A time of day is never cut. */
const SHORT = 21;
const mayBeCut = (text: string): boolean => text.length > SHORT && !/\d:\d\d/.test(text);

/** A cell of a table; a dash if there is nothing to show. */
export const cell = (text: string | number | null | undefined, href?: string | null, badge?: string): Cell => ({
  text: text === null || text === undefined || text === '' ? EMPTY : String(text),
  href: href ?? null,
  badge: badge ?? null,
});

/** A day in its short form, with the full date on hover; other words may follow. Empty without a day. */
export const dayCell = (day: string | null | undefined, today: string, after = ''): Cell =>
  day ? { ...cell(inShort(day, today)), day, wholeDay: inDutch(day), after } : cell(after);

/** The content of each column for a record, by its heading; plain text becomes a cell. */
export type Columns<T> = Record<string, (record: T) => Cell | string | number | null | undefined>;

/** A column that is empty for every record is left out. */
export function tableOf<T>(caption: string, records: readonly T[], columns: Columns<T>): Table {
  const rows = records.map((record) =>
    Object.entries(columns).map(([label, contentOf], index) => {
      const content = contentOf(record);
      const shown = typeof content === 'object' && content !== null ? content : cell(content);
      // Small screens show no header row, so cells carry their own label. A first cell with a link is a row header.
      const isHead = index === 0 && shown.href !== null;
      return { ...shown, label, isHead, isLong: mayBeCut(shown.text), isNothing: shown.text === EMPTY };
    }),
  );
  const isAmount = (label: string): boolean =>
    rows.some((cells) => cells.some((one) => one.label === label && one.text.startsWith('€')));
  const head = Object.keys(columns).filter(
    (_, column) => rows.length === 0 || rows.some((cells) => cells[column].text !== EMPTY),
  );
  const amounts = head.map(isAmount);
  const inColumns = (cells: (typeof rows)[number]) =>
    head.map((label, column) => ({ ...cells.find((one) => one.label === label)!, isAmount: amounts[column] }));
  return { caption, head, amounts, rows: rows.map((cells) => ({ cells: inColumns(cells) })) };
}

interface Pager {
  words: string;
  previous: string | null;
  next: string | null;
}

/** The position in a list and its links; the search stays in the URL. */
export function pagerOf({ page, pageSize, total, items }: Page<unknown>, path: string, query: Fields): Pager {
  const at = (wanted: number): string => `${path}?${new URLSearchParams({ ...given(query), pagina: String(wanted) })}`;
  const first = (page - 1) * pageSize + 1;
  const last = (page - 1) * pageSize + items.length;
  return {
    words:
      items.length === 0 || items.length === total ? `${total} gevonden` : `${first} tot en met ${last} van ${total}`,
    previous: page > 1 ? at(page - 1) : null,
    next: last < total ? at(page + 1) : null,
  };
}

/** The query of a list in API terms: pages call the page number `pagina`. */
export const listQuery = ({ pagina = '', ...query }: Fields): Fields => ({ ...given(query), page: pagina });

const given = (query: Fields): Fields => {
  const { pagina: _, ...rest } = query;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
};

import { type Column, COLUMNS, DAY_COLUMNS } from '../tables/action-table.rules.js';

/** The column names of a kind of table. */
export interface Layout<C extends string> {
  columns: readonly C[];
  /** Other names for the columns. */
  synonyms: Readonly<Record<string, C>>;
  /** The required columns: a table without these is not of this kind. */
  needed: readonly C[];
  /** The columns that may contain a day. */
  days: readonly C[];
  /** A column that may occur several times; the contents are joined. */
  joined?: C;
  /** Columns of our own files that are not imported. */
  ignored?: readonly string[];
  /** Whether it has columns with amounts in euros. */
  hasAmounts?: boolean;
}

/** A row of the file in known columns; a column that the file lacks is left out. */
export interface SheetRow<C extends string = Column> {
  /** Its number in the file, counted from 1. */
  at: number;
  cells: Partial<Record<C, string>>;
}

/** The header row must be within this many rows. */
export const HEADER_WITHIN = 20;
const SYNONYMS: Record<string, Column> = {
  nummer: 'nr',
  actienummer: 'nr',
  thema: 'onderwerp',
  wat: 'actie',
  actiepunt: 'actie',
  actiepunten: 'actie',
  afspraak: 'actie',
  omschrijving: 'actie',
  taak: 'actie',
  actiehouder: 'wie',
  'door wie': 'wie',
  eigenaar: 'wie',
  trekker: 'wie',
  uitvoerder: 'wie',
  verantwoordelijk: 'wie',
  verantwoordelijke: 'wie',
  deadline: 'wanneer',
  einddatum: 'wanneer',
  termijn: 'wanneer',
  uiterlijk: 'wanneer',
  status: 'stand van zaken',
  stand: 'stand van zaken',
  stavaza: 'stand van zaken',
  voortgang: 'stand van zaken',
  opmerking: 'stand van zaken',
  opmerkingen: 'stand van zaken',
  toelichting: 'stand van zaken',
  resultaat: 'stand van zaken',
  uitkomst: 'stand van zaken',
  aanvrager: 'gevraagd door',
  'op verzoek van': 'gevraagd door',
  'beoogd resultaat': 'verwacht resultaat',
  achtergrond: 'bijzonderheden',
  referentie: 'kenmerk',
  zaaknummer: 'kenmerk',
  meldingnummer: 'kenmerk',
  'datum besproken': 'besproken',
  'datum bespreking': 'besproken',
  afgehandeld: 'afgehandeld op',
  uitgesteld: 'aantal keren uitgesteld',
};
export const ACTION_LAYOUT: Layout<Column> = {
  columns: COLUMNS,
  synonyms: SYNONYMS,
  needed: ['actie'],
  days: DAY_COLUMNS,
  joined: 'stand van zaken',
};

/**
 * Finds the header row, below titles if any, and returns the rows below it in known columns, without empty rows.
 * Undefined if no row has all required columns, or one has a column twice.
 */
export function inColumns<C extends string>(
  rows: readonly { at: number; cells: string[] }[],
  layout: Layout<C>,
): { rows: SheetRow<C>[]; unknown: string[] } | undefined {
  for (const [index, { cells }] of rows.slice(0, HEADER_WITHIN).entries()) {
    const columns = cells.map((name) => columnOf(name, layout));
    const known = columns.filter((column) => column !== undefined);
    if (!layout.needed.every((column) => known.includes(column))) continue;
    const once = known.filter((column) => column !== layout.joined);
    if (new Set(once).size !== once.length) return undefined;
    const found = rows.slice(index + 1).map(({ at, cells: own }) => ({ at, cells: byColumn(columns, own) }));
    return {
      rows: withDutchDays(found, layout.days).filter(({ cells: own }) =>
        columns.some((column) => column && own[column]!.trim() !== ''),
      ),
      unknown: cells.filter(
        (name, n) => columns[n] === undefined && !['', ...(layout.ignored ?? [])].includes(name.trim()),
      ),
    };
  }
  return undefined;
}

function columnOf<C extends string>(name: string, { columns, synonyms }: Layout<C>): C | undefined {
  const text = name
    .toLowerCase()
    .replaceAll(/[\s.:#_]+/g, ' ')
    .trim();
  return columns.find((column) => column === text) ?? (Object.hasOwn(synonyms, text) ? synonyms[text] : undefined);
}

function byColumn<C extends string>(
  columns: readonly (C | undefined)[],
  cells: readonly string[],
): Partial<Record<C, string>> {
  const found: Partial<Record<C, string>> = {};
  columns.forEach((column, n) => {
    if (column) found[column] = [found[column], cells[n]].filter(Boolean).join(': ');
  });
  return found;
}

const MONTH_FIRST = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})\s*$/;

/**
 * Spreadsheets in English locale write 02/15/2026. If at least one day can only be read that way and none contradicts
 * it, all days are read so: 04/02 would otherwise silently become 4 February.
 */
function withDutchDays<C extends string>(rows: SheetRow<C>[], columns: readonly C[]): SheetRow<C>[] {
  const days = rows.flatMap(({ cells }) => columns.map((column) => MONTH_FIRST.exec(cells[column] ?? '')));
  const isEnglish = days.some((day) => day && Number(day[2]) > 12) && !days.some((day) => day && Number(day[1]) > 12);
  if (!isEnglish) return rows;
  return rows.map(({ at, cells }) => {
    const turned = { ...cells };
    for (const column of columns) if (cells[column]) turned[column] = cells[column].replace(MONTH_FIRST, '$2-$1-$3');
    return { at, cells: turned };
  });
}

import type { ActionFigure } from '../../wijkagenda/figures/figure-names.js';
import type { Figures } from '../../wijkagenda/figures/figures.rules.js';
import { cell, type Table, tableOf } from '../../web/tables.rules.js';
import { isToShow } from '../documents/review-page.rules.js';
import type { ReviewView } from '../reviews.dto.js';

/** The counts of each group that lead to their cases. */
const COUNTS = {
  Afspraken: 'agreed',
  Gelukt: 'realised',
  Deels: 'partly',
  'Te laat': 'overdueAgreed',
  Vervallen: 'notRealised',
} as const satisfies Record<string, ActionFigure & keyof Figures>;

type Row = [name: string, figures: Figures, filter: Record<string, string>];

/** Per theme, domain, opgave and area: each number leads to the actions it counts; `path` is that of the review. */
export function groupTables({ figures }: ReviewView, path: string): Table[] {
  const { themes, domains, opgaven, areas } = figures;
  const table = (caption: string, first: string, rows: Row[]): Table =>
    tableOf(
      caption,
      rows.filter(([, counts]) => isToShow(counts)),
      {
        [first]: ([name]) => name,
        ...Object.fromEntries(
          Object.entries(COUNTS).map(([label, figure]) => [
            label,
            ([, counts, filter]: Row) =>
              cell(
                counts[figure],
                counts[figure] > 0 ? `${path}/cijfers/${figure}?${new URLSearchParams(filter)}` : null,
              ),
          ]),
        ),
      },
    );
  return [
    table(
      'Per thema',
      'Thema',
      themes.map((one): Row => withOrWithout(one.theme, one, 'theme', 'Geen thema')),
    ),
    table(
      'Per domein',
      'Domein',
      domains.map((one): Row => withOrWithout(one.domain, one, 'domain', 'Geen domein')),
    ),
    table(
      'Per opgave',
      'Opgave',
      opgaven.map((one): Row => [one.title, one, { opgave: one.opgaveId }]),
    ),
    table(
      'Per gebied',
      'Gebied',
      areas.map((one): Row => [one.name, one, { area: one.areaId }]),
    ),
  ].filter(({ rows }) => rows.length > 0);
}

const withOrWithout = (name: string | null, figures: Figures, field: 'theme' | 'domain', none: string): Row => [
  name ?? none,
  figures,
  name === null ? { [field === 'theme' ? 'withoutTheme' : 'withoutDomain']: 'true' } : { [field]: name },
];

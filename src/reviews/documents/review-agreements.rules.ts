import { STATUS_WORDS } from '../../actions/words.js';
import {
  type Block,
  type Cell,
  cell,
  cells,
  column,
  factsOf,
  heading,
  note,
  plain,
  sentence,
} from '../../platform/documents/blocks.js';
import { type Figures, STATUS_COUNTS, stillOpen } from '../../wijkagenda/figures/figures.rules.js';
import { capital } from '../../platform/rendering/text.js';
import type { ReviewView } from '../reviews.dto.js';
import { kindName, SIDE_WORDS } from '../words.js';
import { days, isJudged, isToShow, judgedIn, segmentsOf, share, withoutZeros, yearsOf } from './review-page.rules.js';

type Row = [name: string, figures: Figures];
type ShownFigures = ReviewView['figures'];

/** The outcome of the agreements: in total, per theme, opgave, side, organisation, area and quarter; year on year. */
export function agreementBlocks(review: ReviewView): Block[] {
  const { figures } = review;
  const { total, sides, areas } = figures;
  const themes = figures.themes.filter(isToShow);
  const tableOf = (first: string, caption: string, rows: Row[]) => agreements(first, caption, rows, isJudged(total));
  return [
    heading('De cijfers in tabellen'),
    { kind: 'shares', segments: segmentsOf(total) },
    totalFacts(review),
    heading('Per thema'),
    themes.length > 0
      ? tableOf(
          'Thema',
          'Afspraken per thema',
          themes.map((one) => [capital(one.theme ?? 'Geen thema'), one]),
        )
      : sentence(plain('In deze periode zijn er geen afspraken.')),
    ...section(
      'Per domein',
      'Een actie hoort bij het domein van haar thema.',
      figures.domains.filter(isToShow).map((one): Row => [one.domain ?? 'Geen domein', one]),
      (rows) => tableOf('Domein', 'Afspraken per domein', rows),
    ),
    ...section(
      'Per opgave',
      'Alleen de acties die bij een opgave horen; de meeste acties horen bij geen.',
      figures.opgaven.filter(isToShow).map((one): Row => [one.title, one]),
      (rows) => tableOf('Opgave', 'Afspraken per opgave', rows),
    ),
    heading('Gemeente en partners'),
    sides.length > 0
      ? tableOf(
          'Wie',
          'Afspraken van de gemeente en van haar partners',
          sides.map((one) => [SIDE_WORDS[one.side], one]),
        )
      : sentence(plain('Er zijn te weinig partners om hun cijfers apart te laten zien.')),
    ...organisationBlocks(figures, tableOf),
    ...section(
      'Gebied naast gebied',
      'Op alfabet, niet op score: gebieden verschillen te veel om ze te rangschikken.',
      areas.map((one): Row => [one.name, one]),
      (rows) => tableOf('Gebied', 'Afspraken per gebied', rows),
    ),
    ...yearBeforeBlocks(review),
    ...quarterBlocks(figures),
  ];
}

const section = (title: string, about: string, rows: Row[], table: (rows: Row[]) => Block): Block[] =>
  rows.length > 0 ? [heading(title), note(about), table(rows)] : [];

/** By name for readers with access to figures per organisation, by kind for everyone else. */
const organisationBlocks = (
  { organisations, kinds }: ShownFigures,
  tableOf: (first: string, caption: string, rows: Row[]) => Block,
): Block[] =>
  organisations
    ? section(
        'Per organisatie',
        'Op alfabet, niet op score. Een actie van meer organisaties samen telt één keer, bij de actiehouder.',
        organisations.filter(isToShow).map((one): Row => [one.name ?? 'Zonder actiehouder', one]),
        (rows) => tableOf('Organisatie', 'Afspraken per organisatie', rows),
      )
    : section(
        'Per soort organisatie',
        'Alleen soorten met ten minste drie organisaties.',
        // If the municipality is alone, this repeats the table of the sides.
        kinds.some(({ kind }) => kind !== 'municipality')
          ? kinds.filter(isToShow).map((one): Row => [kindName(one.kind), one])
          : [],
        (rows) => tableOf('Soort', 'Afspraken per soort organisatie', rows),
      );

/** "2, ook van eerder: de helft hoogstens 5 dagen, de langste 9 dagen". */
export function lateWords(overdue: number, { median, longest }: ReviewView['figures']['overdueDays']): string {
  const howLong =
    overdue > 1 ? `: de helft hoogstens ${days(median)}, de langste ${days(longest)}` : `: ${days(longest)}`;
  return `${overdue}, ook van eerder${overdue > 0 ? howLong : ''}`;
}

function totalFacts({ figures, yearBefore }: ReviewView): Block {
  const { total, leadTimeDays, overdueDays } = figures;
  const earlier = yearBefore ? `; een jaar eerder ${days(yearBefore.leadTimeDays)}` : '';
  const { realised, agreed, onTime, doneWithDeadline, onTimeOriginal, doneWithOriginalDeadline, overdue } = total;
  const waiting = stillOpen(total);
  const how = `: ${withoutZeros(...STATUS_COUNTS.map(({ status, count }) => [total[count], STATUS_WORDS[status]] as const))}`;
  const inAll = `${share(total.realisedShare)} van alle afspraken`;
  const lessCancelled = `${share(total.realisedShareLessCancelled)} als we de vervallen afspraken niet meetellen`;
  const inTime = `${onTime} van ${doneWithDeadline} (${share(total.onTimeShare)})`;
  const original = `${onTimeOriginal} van ${doneWithOriginalDeadline} (${share(total.onTimeOriginalShare)})`;
  const postponed = withoutZeros(
    [total.postponedNever, 'niet'],
    [total.postponedOnce, 'één keer'],
    [total.postponedMore, 'twee keer of vaker'],
  );
  const onTrack = waiting - total.overdueAgreed;
  const unlessZero = (count: number, term: string, line: string | number = count) =>
    count > 0 ? [[term, line] as const] : [];
  return factsOf(
    ['Afgesproken', `${agreed} in deze periode, en ${total.carriedOver} meegenomen van eerder`],
    ...unlessZero(agreed, 'Gelukt', `${realised}: ${inAll}, ${lessCancelled}`),
    ...unlessZero(total.partly, 'Deels gelukt'),
    ...unlessZero(total.notRealised, 'Vervallen'),
    ...unlessZero(onTrack, 'Loopt nog op tijd'),
    ...unlessZero(total.overdueAgreed, 'Te laat', `${total.overdueAgreed} van de afspraken uit deze periode`),
    ...unlessZero(waiting, 'Nog niet klaar', `${waiting}${how}`),
    ...unlessZero(
      total.followUp,
      'Krijgt een vervolg',
      `${total.followUp} (nog niet klaar, of gaat verder in een nieuwe actie)`,
    ),
    ...unlessZero(doneWithDeadline, 'Op tijd gereed', `${inTime}. Gemeten aan de eerste deadline: ${original}`),
    ...unlessZero(postponed.length, 'Uitgesteld', postponed),
    ['Hoe snel gereed', leadTimeDays === null ? 'n.v.t.' : `De helft was klaar binnen ${days(leadTimeDays)}${earlier}`],
    ['Te laat op de laatste dag', lateWords(overdue, overdueDays)],
    ...(isJudged(total)
      ? [
          [
            'Is het gelukt, volgens anderen?',
            `${judgedIn(total)}. Dit zegt een andere partij dan de actiehouder`,
          ] as const,
        ]
      : []),
  );
}

const NAMES = ['Afspraken', 'Gelukt', 'Deels', 'Loopt nog', 'Te laat', 'Vervallen', '% gelukt', '% op tijd', 'Vervolg'];

function agreements(first: string, caption: string, rows: Row[], hasJudged: boolean): Block {
  const toCells = ([name, row]: Row): Cell[] => [
    { ...cell(name), segments: segmentsOf(row) },
    ...cells(
      row.agreed,
      row.realised,
      row.partly,
      stillOpen(row) - row.overdueAgreed,
      row.overdueAgreed,
      row.notRealised,
    ),
    ...cells(share(row.realisedShare), share(row.onTimeShare), row.followUp),
    ...(hasJudged ? [cell(judgedIn(row))] : []),
  ];
  return {
    kind: 'figures',
    narrow: 'pairs',
    caption,
    columns: [
      column(first, 'text'),
      ...NAMES.map((name) => column(name)),
      ...(hasJudged ? [column('Oordeel van anderen', 'text')] : []),
    ],
    rows: rows.map(toCells),
  };
}

/** The year compared with the year before. */
function yearBeforeBlocks({ yearBefore: before, figures, fromOn, asOf }: ReviewView): Block[] {
  if (!before) return [];
  const { total, leadTimeDays, collaboration } = figures;
  return [
    // In print these are on page one, and the facts above say how soon.
    { ...heading('Vergeleken met een jaar eerder'), only: 'screen' },
    {
      kind: 'figures',
      only: 'screen',
      narrow: 'pairs',
      caption: 'Dezelfde periode, een jaar eerder',
      columns: [column('Cijfer', 'text'), column(yearsOf(before)), column(yearsOf({ fromOn, asOf }))],
      rows: [
        cells('Afspraken gemaakt', before.total.agreed, total.agreed),
        cells('Gelukt', share(before.total.realisedShare), share(total.realisedShare)),
        cells('Op tijd gereed', share(before.total.onTimeShare), share(total.onTimeShare)),
        cells('Te laat op de laatste dag', before.total.overdue, total.overdue),
        cells('De helft was klaar binnen', days(before.leadTimeDays), days(leadTimeDays)),
        cells('Vergaderingen', before.sessionsHeld, collaboration.sessionsHeld),
        cells('Verslag verstuurd', share(before.minutesSentShare), share(collaboration.minutesSentShare)),
      ],
    },
  ];
}

function quarterBlocks({ quarters }: ShownFigures): Block[] {
  const most = Math.max(1, ...quarters.map(({ done }) => done));
  return [
    // The chart of the quarters includes the numbers.
    { ...heading('Per kwartaal'), only: 'screen' },
    {
      kind: 'figures',
      only: 'screen',
      narrow: 'table',
      caption: 'Acties die gereed kwamen, ook van eerdere afspraken',
      columns: [column('Kwartaal', 'number'), column('Gereed', 'amount', ''), column('In beeld', 'bar', '')],
      rows: quarters.map(({ quarter, done }) => [
        ...cells(`${quarter.slice(6)}e kwartaal ${quarter.slice(0, 4)}`, done),
        { runs: [], ...(done > 0 && { width: ((done / most) * 100).toFixed(2) }) },
      ]),
    },
  ];
}

import { type Counts, stillOpen } from '../../wijkagenda/figures/figures.rules.js';
import type { Chart } from '../../platform/documents/blocks.js';
import { CHART_WIDTH, chartOf, type Drawing, round, svgText } from '../../platform/documents/svg.js';
import { PAPER } from '../../platform/rendering/tokens.js';
import { STATUS_WORDS } from '../../actions/words.js';
import { SIDE_WORDS } from '../words.js';
import { outcomeWords, quarterWords, sideWords, themeWords } from './review-chart-words.rules.js';
import type { ReviewView } from '../reviews.dto.js';
import { yearsOf } from './review-page.rules.js';

const LABELS = 190;
const ROW = 30;
const MOST_ROWS = 12;
/** The number of characters that fit beside a bar. */
const LINE = 28;
const COLUMNS_HEIGHT = 96;

interface Row {
  name: string;
  counts: Counts;
}

const PARTS = [
  { name: 'gelukt', fill: 'solid', of: (counts: Counts) => counts.realised },
  { name: 'deels gelukt', fill: 'hatched', of: (counts: Counts) => counts.partly },
  { name: 'loopt nog', fill: 'open', of: (counts: Counts) => stillOpen(counts) - counts.overdueAgreed },
  { name: 'te laat', fill: 'dark', of: (counts: Counts) => counts.overdueAgreed },
  { name: STATUS_WORDS.cancelled, fill: 'grey', of: (counts: Counts) => counts.notRealised },
] as const;

/** The chart of page one: the outcome of the agreements, beside that of the year before; none of nothing. */
export function outcomeCharts(review: Pick<ReviewView, 'figures' | 'yearBefore' | 'fromOn' | 'asOf'>): Chart[] {
  const { total } = review.figures;
  const before = review.yearBefore;
  if (total.agreed + (before?.total.agreed ?? 0) === 0) return [];
  const rows = [
    { name: before ? yearsOf(review) : 'Alle afspraken', counts: total },
    ...(before && before.total.agreed > 0 ? [{ name: yearsOf(before), counts: before.total }] : []),
  ];
  return [{ ...bars('uitkomst', 'Wat kwam er van de afspraken?', rows), says: outcomeWords(total, before?.total) }];
}

export const DONE_PER_QUARTER = 'Acties gereed per kwartaal';

/** The charts of the story: who did it, when it was done, and what it was about; none of nothing. */
export function chartsOf({ figures }: Pick<ReviewView, 'figures'>): Chart[] {
  const { sides, quarters, themes } = figures;
  const perSide = sides.map(({ side, ...counts }) => ({ name: SIDE_WORDS[side], counts }));
  const perTheme = themes.map(({ theme, ...counts }) => ({ name: theme ?? 'Geen thema', counts }));
  const isDone = quarters.some(({ done }) => done > 0);
  const isThemed = themes.some(({ theme, agreed }) => theme !== null && agreed > 0);
  return [
    ...(isDone ? [{ ...columns('kwartalen', DONE_PER_QUARTER, quarters), says: quarterWords(quarters) }] : []),
    ...(isThemed ? [{ ...bars('themas', 'Afspraken per thema', perTheme), says: themeWords(themes) }] : []),
    ...(perSide.some(({ counts }) => counts.agreed > 0)
      ? [{ ...bars('kanten', 'Gemeente en partners', perSide), says: sideWords(perSide) }]
      : []),
  ];
}

/** Stacked bars on one scale, by outcome. Distinguished by pattern, so that they also work in black and white. */
function bars(id: string, title: string, all: readonly Row[]): Chart {
  const rows = all.slice(0, MOST_ROWS);
  const words = rows.map(({ name, counts }) => `${name}: ${counts.agreed} ${named(counts)}`);
  const left = all.length - rows.length;
  const more = left > 0 ? ` En nog ${left} andere; die staan in de tabel.` : '';
  if (rows.length === 0) {
    const nothing = 'Er zijn geen afspraken in deze periode.';
    return chartOf(id, title, nothing, () => ({ content: svgText(0, 18, nothing), height: 30 }));
  }
  return chartOf(id, title, `${words.join('; ')}.${more}`, (width) => drawBars(rows, width));
}

/** The names are beside the bars, or above them if that leaves too little room. */
function drawBars(rows: readonly Row[], width: number): Drawing {
  const isNarrow = width < CHART_WIDTH;
  const [labels, row, first] = isNarrow ? [0, ROW + 16, 20] : [LABELS, ROW, 4];
  const most = Math.max(1, ...rows.map(({ counts }) => counts.agreed));
  const scale = (width - labels - 40) / most;
  const drawn = rows.map(({ name, counts }, index) => {
    const top = index * row + first;
    let left = labels;
    const parts = PARTS.map(({ fill, of }) => {
      const length = of(counts) * scale;
      const part = length === 0 ? '' : box(left, top, length, ROW - 10, fill);
      left += length;
      return part;
    });
    const lines = linesOf(name);
    const label = isNarrow
      ? [svgText(0, top - 6, name)]
      : lines.map((line, at) => svgText(labels - 8, top + (lines.length === 1 ? 14 : 9 + at * 13), line, 'end'));
    return label.join('') + parts.join('') + svgText(left + 6, top + 14, String(counts.agreed));
  });
  const below = legend(rows.length * row + 10, width, labels);
  return { content: drawn.join('') + below.content, height: rows.length * row + 10 + below.height };
}

const named = (counts: Counts): string => `(${PARTS.map(({ name, of }) => `${of(counts)} ${name}`).join(', ')})`;

function columns(id: string, title: string, quarters: readonly { quarter: string; done: number }[]): Chart {
  const words = quarters.map(
    ({ quarter, done }) => `${quarter.split('-Q')[1]}e kwartaal ${quarter.slice(0, 4)}: ${done}`,
  );
  return chartOf(id, title, `${words.join('; ')}.`, (width) => drawColumns(quarters, width));
}

function drawColumns(quarters: readonly { quarter: string; done: number }[], width: number): Drawing {
  const most = Math.max(1, ...quarters.map(({ done }) => done));
  const step = Math.min(155, (width - 20) / Math.max(1, quarters.length));
  const drawn = quarters.map(({ quarter, done }, index) => {
    const height = (done / most) * (COLUMNS_HEIGHT - 24);
    const left = 10 + index * step;
    const middle = left + step / 2;
    const bar = done === 0 ? '' : box(left + step * 0.2, COLUMNS_HEIGHT - height, step * 0.6, height, 'solid');
    const [year, number] = quarter.split('-Q');
    const name = step < 60 ? `${number}` : `${number}e kw. ${year}`;
    return (
      bar +
      svgText(middle, COLUMNS_HEIGHT - height - 5, String(done), 'middle') +
      svgText(middle, COLUMNS_HEIGHT + 16, name, 'middle')
    );
  });
  const floor = `<line x1="10" y1="${COLUMNS_HEIGHT}" x2="${width - 10}" y2="${COLUMNS_HEIGHT}" stroke="${PAPER.ink}" stroke-width="1"/>`;
  return { content: drawn.join('') + floor, height: COLUMNS_HEIGHT + 26 };
}

/** Below the bars, or further to the left if it would not fit; on a phone on several lines. */
function legend(begin: number, width: number, labels: number): Drawing {
  const lengthOf = (name: string) => 40 + name.length * 6.5;
  const whole = PARTS.reduce((sum, { name }) => sum + lengthOf(name), 0);
  const first = Math.max(0, Math.min(labels, width - whole));
  let [left, top] = [first, begin];
  const entries = PARTS.map(({ name, fill }) => {
    if (left > first && left + lengthOf(name) - 20 > width) [left, top] = [first, top + 20];
    const entry = box(left, top, 14, 12, fill) + svgText(left + 19, top + 10, name);
    left += lengthOf(name);
    return entry;
  });
  return { content: entries.join(''), height: top - begin + 24 };
}

const FILLS: Record<string, string> = { solid: PAPER.accent, grey: PAPER.line, dark: PAPER.ink };
/** Classes that give a box the colours of the page, which may be dark, in a browser. */
const CLASSES: Record<string, string> = { solid: 'class="accent"', grey: 'class="line"', dark: 'class="late-part"' };

/** A box with its pattern; hatching is drawn as lines, which every viewer and printer supports. */
function box(x: number, y: number, width: number, height: number, fill: string): string {
  const color = FILLS[fill] ?? PAPER.sheet;
  const at = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
  const rect = `<rect ${CLASSES[fill] ?? 'class="sheet"'} ${at} fill="${color}" stroke="${PAPER.ink}" stroke-width="1"/>`;
  if (fill !== 'hatched') return rect;
  const lines: string[] = [];
  for (let offset = -height + 5; offset < width; offset += 5) {
    const from = Math.max(0, offset);
    const to = Math.min(width, offset + height);
    if (to > from)
      lines.push(
        `M${round(x + from)} ${round(y + height - (from - offset))}L${round(x + to)} ${round(y + height - (to - offset))}`,
      );
  }
  return `${rect}<path d="${lines.join('')}" stroke="${PAPER.accent}" stroke-width="1.5" fill="none"/>`;
}

/** A name on one line, or on two if it is long; what does not fit there is truncated. */
function linesOf(name: string): string[] {
  if (name.length <= LINE) return [name];
  const space = name.lastIndexOf(' ', LINE);
  const at = space > 0 ? space : LINE;
  return [name.slice(0, at), short(name.slice(at).trim())];
}

const short = (name: string): string => (name.length > LINE ? `${name.slice(0, LINE - 1)}…` : name);

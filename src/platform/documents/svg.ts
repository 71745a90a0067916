import type { Chart } from './blocks.js';
import { TYPEFACE } from './pdf-typeface.js';
import { PAPER } from '../rendering/tokens.js';

/** The width of a chart, in user units; its page scales it. */
export const CHART_WIDTH = 640;
/** The width of the same chart for a phone, for which it is drawn a second time to keep its text legible. */
const NARROW_WIDTH = 360;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (words: string): string => words.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
export const round = (value: number): string => String(Math.round(value * 100) / 100);

/** A line of text; in a browser it inherits the colour of the page. */
export const svgText = (x: number, y: number, words: string, anchor = 'start'): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="12" fill="${PAPER.ink}" text-anchor="${anchor}">${escaped(words)}</text>`;

/** A chart as drawn at one width. */
export interface Drawing {
  content: string;
  height: number;
}

/** A chart with its title and a description in words, drawn at both widths. */
export function chartOf(id: string, title: string, description: string, draw: (width: number) => Drawing): Chart {
  const { content, height } = draw(CHART_WIDTH);
  const narrow = draw(NARROW_WIDTH);
  return {
    ...{ title, description, width: CHART_WIDTH, height },
    svg: svgWith({ id, title, description }, content, { width: CHART_WIDTH, height }),
    narrow: svgWith({ id: `${id}-smal`, title, description }, narrow.content, {
      width: NARROW_WIDTH,
      height: narrow.height,
    }),
  };
}

/** On pages the web font, in a PDF the file of that name. */
const FAMILIES = `'Source Sans 3 Variable', '${TYPEFACE}', Arial, sans-serif`;

function svgWith(
  { id, title, description }: { id: string; title: string; description: string },
  content: string,
  { width, height }: { width: number; height: number },
): string {
  const labels = `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(description)}</desc>`;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FAMILIES}"`;
  return `${open} role="img" aria-labelledby="${id}-title ${id}-desc" class="figure">${labels}${content}</svg>`;
}

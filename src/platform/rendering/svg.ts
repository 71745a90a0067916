import type { Chart } from './blocks.js';
import { PAPER } from './tokens.js';

/** The width of every chart, in user units; its page scales it. */
export const CHART_WIDTH = 640;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (words: string): string => words.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
export const round = (value: number): string => String(Math.round(value * 100) / 100);

/** A line of text; in a browser it takes the colour of the page. */
export const svgText = (x: number, y: number, words: string, anchor = 'start'): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="12" fill="${PAPER.ink}" text-anchor="${anchor}">${escaped(words)}</text>`;

/** A drawing as a chart with its title, and what it shows in words. */
export function chartWith(id: string, title: string, description: string, content: string, height: number): Chart {
  const labels = `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(description)}</desc>`;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CHART_WIDTH} ${height}" width="${CHART_WIDTH}" height="${height}" font-family="Roboto, Arial, sans-serif"`;
  const svg = `${open} role="img" aria-labelledby="${id}-title ${id}-desc" class="figure">${labels}${content}</svg>`;
  return { title, description, svg, width: CHART_WIDTH, height };
}

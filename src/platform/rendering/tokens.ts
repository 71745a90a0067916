import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../common/project-root.js';
import { hexOf, resolved, type Tokens, tokensIn } from './theme.rules.js';

/** Our own theme, colours and sizes by name (`--wa-ink`): one file for pages, documents, mails and drawings on paper. */
export const TOKENS: Tokens = tokensIn(
  readFileSync(join(PROJECT_ROOT, 'templates', 'platform', 'assets', 'tokens.css'), 'utf8'),
);

/** The theme in use. */
export interface Dress {
  tokens: Tokens;
  /** The logo as a data URL, where a drawing can hold it. */
  logo: string | null;
  municipality: string;
}

let worn: Dress = { tokens: TOKENS, logo: null, municipality: '' };

/** Sets the theme of all documents from now on: each process, and each worker thread, has one theme, set at start. */
export function wear(dress: Dress): void {
  worn = dress;
}

/** The light value of one token, by its name without `--wa-`. */
export const plainToken = (name: string): string => resolved(`var(--wa-${name})`, worn.tokens.light);

/** A colour as `#rrggbb`; the built-in one if the theme writes it in another notation (`oklch(…)`, a name). */
const colour = (name: string): string =>
  hexOf(plainToken(name)) ?? hexOf(resolved(`var(--wa-${name})`, TOKENS.light)) ?? plainToken(name);
const points = (name: string): number => Number.parseFloat(plainToken(name));

/** The style of PDFs, Word documents and charts: colours as `#rrggbb`, font sizes in points. */
export const PAPER = {
  get ink() {
    return colour('paper-ink');
  },
  get soft() {
    return colour('paper-soft');
  },
  get line() {
    return colour('paper-line');
  },
  get tint() {
    return colour('paper-tint');
  },
  get accent() {
    return colour('paper-accent');
  },
  get sheet() {
    return colour('paper-sheet');
  },
  get lights() {
    return {
      green: colour('paper-light-green'),
      orange: colour('paper-light-orange'),
      red: colour('paper-light-red'),
      grey: colour('paper-light-grey'),
    };
  },
  /** A data URL of a PNG, or null. */
  get logo() {
    return worn.logo;
  },
  /** The name of the municipality; empty if no theme was set. */
  get municipality() {
    return worn.municipality;
  },
  title: points('paper-title'),
  h2: points('paper-h2'),
  h3: points('paper-h3'),
  text: points('paper-text'),
  dense: points('paper-dense'),
  small: points('paper-small'),
  fine: points('paper-fine'),
} as const;

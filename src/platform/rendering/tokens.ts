import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../common/project-root.js';
import { resolved, type Tokens, tokensIn } from './theme.rules.js';

/** Our own theme, colours and sizes by name (`--wa-ink`): one file for pages, documents, mails and drawings on paper. */
export const TOKENS: Tokens = tokensIn(
  readFileSync(join(PROJECT_ROOT, 'templates', 'platform', 'assets', 'tokens.css'), 'utf8'),
);

/** The value of one token where no theme applies, by its name without `--wa-`. */
export const plainToken = (name: string): string => resolved(`var(--wa-${name})`, TOKENS.light);
const points = (name: string): number => Number.parseFloat(plainToken(name));

/** The style of PDFs, Word documents and charts: colours as `#rrggbb`, font sizes in points. */
export const PAPER = {
  ink: plainToken('paper-ink'),
  soft: plainToken('paper-soft'),
  line: plainToken('paper-line'),
  tint: plainToken('paper-tint'),
  accent: plainToken('paper-accent'),
  sheet: plainToken('paper-sheet'),
  /** For minutes, which are also sent as mail. */
  brand: plainToken('brand'),
  lights: {
    green: plainToken('paper-light-green'),
    orange: plainToken('paper-light-orange'),
    red: plainToken('paper-light-red'),
    grey: plainToken('paper-light-grey'),
  },
  title: points('paper-title'),
  h2: points('paper-h2'),
  h3: points('paper-h3'),
  text: points('paper-text'),
  dense: points('paper-dense'),
  small: points('paper-small'),
  fine: points('paper-fine'),
} as const;

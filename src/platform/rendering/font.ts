import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const SHEET = '@fontsource-variable/source-sans-3/wght.css';
/**
 * The letters of Dutch, and those of names from elsewhere in Europe, which a browser fetches only when it needs them.
 */
const PARTS = ['latin', 'latin-ext'] as const;

interface FontFile {
  /** `source-sans-latin.woff2`. */
  name: string;
  content: Buffer;
  /** The rule that names the file, at the URL it is served at. */
  face: (url: string) => string;
}

/** The typeface of pages and documents, Source Sans 3 (OFL): one file holds every weight. */
export function fontFiles(): FontFile[] {
  const sheet = createRequire(import.meta.url).resolve(SHEET);
  const css = readFileSync(sheet, 'utf8');
  return PARTS.map((part) => {
    const [rule] = new RegExp(`@font-face {[^}]*-${part}-wght-normal\\.woff2[^}]*}`).exec(css)!;
    const [, file] = /url\((?:'|")?([^)'"]+)/.exec(rule)!;
    return {
      name: `source-sans-${part}.woff2`,
      content: readFileSync(join(dirname(sheet), file)),
      face: (url) => rule.replace(/src:[^;]+;/, `src: url(${url}) format('woff2');`),
    };
  });
}

import { createRequire } from 'node:module';

const FAMILY = '@expo-google-fonts/source-sans-3';
const fileOf = (weight: string): string =>
  createRequire(import.meta.url).resolve(`${FAMILY}/${weight}/SourceSans3_${weight}.ttf`);

/** The family name in definitions of documents and drawings. */
export const TYPEFACE = 'Source Sans 3';

/** The typeface of the pages in whole files: the web font is split by script, of which a PDF would take one part only. */
export const typefaceFiles = () => ({
  normal: fileOf('400Regular'),
  bold: fileOf('600SemiBold'),
  italics: fileOf('400Regular_Italic'),
  bolditalics: fileOf('600SemiBold_Italic'),
});

/**
 * How far a line reaches above and below its letters, in thousandths of the font size. The files themselves ask for 1.42
 * times the font size, as for a screen; the line heights of our documents are multiples of this.
 */
export const ASCENT = 890;
export const DESCENT = -230;

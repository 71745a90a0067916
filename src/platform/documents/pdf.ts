import type { PdfDefinition } from './pdf-definition.js';

/**
 * Makes a tagged PDF of A4 pages in Dutch from a pdfmake definition: `headlineLevel` makes a heading, lists and tables
 * are tagged as such, header rows and `isRowHeader` make header cells, `isLayout` leaves a table out of the structure,
 * `alt` describes a picture. It reads the fonts of the package and nothing else.
 */
export async function toPdf(title: string, definition: PdfDefinition): Promise<Buffer> {
  // Loaded with the first PDF, since it would add 10 % to startup.
  const { drawPdf } = await import('./pdf-drawing.js');
  return drawPdf(title, definition);
}

/** Loads what `toPdf` needs, and reads its fonts. */
export async function preparePdf(): Promise<void> {
  await toPdf('', { pageMargins: 0, content: [{ text: 'a' }, { text: 'b', bold: true }] });
}

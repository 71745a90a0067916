/** A definition of pdfmake, with what is asked of it here. */
export interface PdfDefinition {
  content: unknown;
  pageMargins: number | number[];
  pageOrientation?: 'portrait' | 'landscape';
  defaultStyle?: object;
  styles?: object;
  header?: unknown;
  footer?: unknown;
  pageBreakBefore?: unknown;
  /** The moment that stands in the file as its making; the same input gives the same bytes only when it is given. */
  madeAt?: Date;
  /** A PDF/A-2a, for the archive: the same, with a colour profile and a statement of what it is. */
  isArchive?: boolean;
  /** Off only to look inside. */
  compress?: boolean;
}

/**
 * A tagged PDF of A4 pages in Dutch out of a pdfmake definition: `headlineLevel` makes a heading, lists and tables are
 * such, header rows and `isRowHeader` make header cells, `isLayout` leaves a table out of the structure, `alt` describes a
 * picture. It reads the fonts of the package, and nothing else.
 */
export async function toPdf(title: string, definition: PdfDefinition): Promise<Buffer> {
  // Loaded with the first PDF: it would be a tenth of the start.
  const { drawPdf } = await import('./pdf-drawing.js');
  return drawPdf(title, definition);
}

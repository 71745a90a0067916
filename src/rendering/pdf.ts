import fonts from 'pdfmake/fonts/Roboto.js';
import pageSize from 'pdfmake/js/PageSize.js';
import pdfDocument from 'pdfmake/js/PDFDocument.js';
import svgMeasure from 'pdfmake/js/SVGMeasure.js';
import builtIn from 'pdfmake/js/tableLayouts.js';
import { buffer } from 'node:stream/consumers';
import { PdfStructure } from './pdf-structure.js';
import { type PiecesOfLines, TaggedLayout, TaggedRenderer } from './tagged-pdf.js';

const FONT_FILES = new Set<string>(Object.values(fonts.Roboto));

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
  /** Off only to look inside. */
  compress?: boolean;
}

/**
 * A tagged PDF of A4 pages in Dutch out of a pdfmake definition: `headlineLevel` makes a heading, lists and tables are
 * such, header rows and `isRowHeader` make header cells, `isLayout` leaves a table out of the structure, `alt` describes a
 * picture. It reads the fonts of the package, and nothing else.
 */
export async function toPdf(title: string, definition: PdfDefinition): Promise<Buffer> {
  const size = pageSize.normalizePageSize('A4', definition.pageOrientation);
  const document = new pdfDocument.default(fonts, {}, {}, {}, optionsOf(title, size, definition), null, (path) =>
    FONT_FILES.has(path),
  );
  const content = new PdfStructure(document).describe(definition.content) as object;
  const lines: PiecesOfLines = new WeakMap();
  const margins = pageSize.normalizePageMargin(definition.pageMargins);
  const layout = new TaggedLayout(size, margins, new svgMeasure.default(), lines);
  layout.registerTableLayouts(builtIn.tableLayouts);
  const pages = layout.layoutDocument(
    content,
    document,
    definition.styles ?? {},
    definition.defaultStyle ?? {},
    undefined,
    definition.header,
    definition.footer,
    undefined,
    definition.pageBreakBefore,
  );
  new TaggedRenderer(document, lines).renderPages(pages);
  document.end();
  return buffer(document);
}

const optionsOf = (title: string, size: { width: number; height: number }, definition: PdfDefinition) => ({
  size: [size.width, size.height],
  pdfVersion: '1.7',
  tagged: true,
  displayTitle: true,
  lang: 'nl-NL',
  compress: definition.compress ?? true,
  fontLayoutCache: true,
  bufferPages: false,
  autoFirstPage: false,
  font: null,
  info: {
    Title: title,
    Creator: 'Wijkagenda',
    Producer: 'Wijkagenda',
    ...(definition.madeAt && { CreationDate: definition.madeAt }),
  },
});

import pageSize from 'pdfmake/js/PageSize.js';
import svgMeasure from 'pdfmake/js/SVGMeasure.js';
import builtIn from 'pdfmake/js/tableLayouts.js';
import { buffer } from 'node:stream/consumers';
import type { PdfDefinition } from './pdf-definition.js';
import { PdfWithKeptWords } from './pdf-fonts.js';
import { TYPEFACE, typefaceFiles } from './pdf-typeface.js';
import { PdfStructure } from './pdf-structure.js';
import { type PiecesOfLines, TaggedLayout, TaggedRenderer } from './tagged-pdf.js';

const FONTS = { [TYPEFACE]: typefaceFiles() };
const FONT_FILES = new Set<string>(Object.values(FONTS[TYPEFACE]));

/** Implements `toPdf`. */
export async function drawPdf(title: string, definition: PdfDefinition, mayBreak = false): Promise<Buffer> {
  const [tighter, ...rest] = definition.tighterLines ?? [];
  const { document, pages, lines, isLastBare, isWhole } = laidOut(title, definition, mayBreak);
  if (!isWhole && !mayBreak) return drawPdf(title, definition, true);
  if (isLastBare && tighter !== undefined) {
    const defaultStyle = { ...definition.defaultStyle, lineHeight: tighter };
    return drawPdf(title, { ...definition, defaultStyle, tighterLines: rest }, mayBreak);
  }
  new TaggedRenderer(document, lines).renderPages(pages);
  document.end();
  return buffer(document);
}

/** With this many lines or fewer, a last page looks forgotten. */
const BARE = 4;

function laidOut(title: string, definition: PdfDefinition, mayBreak: boolean) {
  const size = pageSize.normalizePageSize('A4', definition.pageOrientation);
  const document = new PdfWithKeptWords(FONTS, {}, {}, {}, optionsOf(title, size, definition), null, (path) =>
    FONT_FILES.has(path),
  );
  const content = new PdfStructure(document).describe(definition.content) as object;
  const lines: PiecesOfLines = new WeakMap();
  const margins = pageSize.normalizePageMargin(definition.pageMargins);
  const layout = new TaggedLayout(size, margins, new svgMeasure.default(), lines, mayBreak);
  layout.registerTableLayouts(builtIn.tableLayouts);
  const pages = layout.layoutDocument(
    content,
    document,
    definition.styles ?? {},
    { font: TYPEFACE, ...definition.defaultStyle },
    undefined,
    definition.header,
    definition.footer,
    undefined,
    definition.pageBreakBefore,
  );
  const foot = size.height - margins.bottom;
  const last = pages.at(-1)?.items.filter(({ type, item }) => type === 'line' && item.y < foot) ?? [];
  const isLastBare = pages.length > 1 && last.length <= BARE;
  return { document, pages, lines, isLastBare, isWhole: layout.isWhole(pages) };
}

const optionsOf = (title: string, size: { width: number; height: number }, definition: PdfDefinition) => ({
  size: [size.width, size.height],
  pdfVersion: '1.7',
  tagged: true,
  ...(definition.isArchive && { subset: 'PDF/A-2a' }),
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

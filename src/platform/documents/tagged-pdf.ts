import layoutBuilder, { type LaidOutPage, type Line } from 'pdfmake/js/LayoutBuilder.js';
import renderer, { type PlacedPicture } from 'pdfmake/js/Renderer.js';
import type { Piece } from './pdf-structure.js';

/** Maps a line to the text node it was cut from. pdfmake copies a line when it places it, but not its list of words. */
export type PiecesOfLines = WeakMap<object[], Piece>;

/** The height that must be left below a heading of level 1, 2 and 3, in points; otherwise a new page begins. */
const ROOM_UNDER_HEADING = [0, 150, 110, 70];

/** Lays out pages like pdfmake, keeps headings with what follows, and remembers the text node of each line. */
export class TaggedLayout extends layoutBuilder.default {
  private readonly made = new Set<object[]>();

  /** With `mayBreak` nothing is kept on one page but headings with what follows. */
  constructor(
    size: object,
    margins: object,
    svgMeasure: object,
    private readonly lines: PiecesOfLines,
    private readonly mayBreak: boolean,
  ) {
    super(size, margins, svgMeasure);
  }

  /** Whether every line has a place. pdfmake leaves out what it has to keep on one page and is higher than that. */
  isWhole(pages: readonly LaidOutPage[]): boolean {
    const placed = new Set(
      pages.flatMap(({ items }) => items.flatMap(({ type, item }) => (type === 'line' ? [item.inlines] : []))),
    );
    return [...this.made].every((words) => placed.has(words));
  }

  override processNode(piece: Piece, isVerticalAlignmentAllowed?: boolean): void {
    if (this.mayBreak) {
      piece.unbreakable = false;
      if (piece.table) Object.assign(piece.table, { dontBreakRows: false, keepWithHeaderRows: 0 });
    }
    const room = piece.roomBelow ?? ROOM_UNDER_HEADING[piece.headlineLevel ?? 0] ?? 0;
    const { y, availableHeight } = this.writer.context();
    if (room > availableHeight && y > 0 && piece.pageBreak === undefined) this.writer.moveToNextPage();
    super.processNode(piece, isVerticalAlignmentAllowed);
  }

  override buildNextLine(piece: Piece): Line | null {
    const line = super.buildNextLine(piece);
    if (line) {
      this.lines.set(line.inlines, piece);
      this.made.add(line.inlines);
    }
    return line;
  }
}

/**
 * Draws pages like pdfmake and marks everything drawn: text and pictures as content of their element in the structure
 * tree; rules, bullets, page footers and repeated table headers as artifacts, which are not read aloud.
 */
export class TaggedRenderer extends renderer.default {
  /** The lines drawn so far; one drawn twice belongs to a table header repeated on the next page. */
  private readonly drawn = new WeakSet<object[]>();

  constructor(
    private readonly document: PdfDocument,
    private readonly lines: PiecesOfLines,
  ) {
    super(document);
  }

  override renderLine(line: Line, x: number, y: number): void {
    const element = this.drawn.has(line.inlines) ? undefined : this.lines.get(line.inlines)?.element;
    this.drawn.add(line.inlines);
    this.marked(element, 'Pagination', () => super.renderLine(line, x, y));
  }

  override renderVector(vector: object): void {
    this.marked(undefined, 'Layout', () => super.renderVector(vector));
  }

  override renderSVG(picture: PlacedPicture): void {
    this.figure(picture, () => super.renderSVG(picture));
  }

  override renderImage(picture: PlacedPicture): void {
    this.figure(picture, () => super.renderImage(picture));
  }

  private figure(picture: PlacedPicture, draw: () => void): void {
    const { element, x, y, _width: width, _height: height } = picture;
    if (element) {
      const bottom = this.document.page.height - y - height;
      element.dictionary.data.A = { O: 'Layout', Placement: 'Block', BBox: [x, bottom, x + width, bottom + height] };
    }
    this.marked(element, 'Layout', draw);
  }

  private marked(element: StructureElement | undefined, artifact: 'Pagination' | 'Layout', draw: () => void): void {
    if (element) element.add(this.document.markStructureContent(String(element.dictionary.data.S)));
    else this.document.markContent('Artifact', { type: artifact });
    draw();
    this.document.endMarkedContent();
  }
}

import layoutBuilder, { type Line } from 'pdfmake/js/LayoutBuilder.js';
import renderer, { type PlacedPicture } from 'pdfmake/js/Renderer.js';
import type { Piece } from './pdf-structure.js';

/** The piece that a line was cut from. pdfmake copies a line when it places it, but not the list of words in it. */
export type PiecesOfLines = WeakMap<object[], Piece>;

/** What must fit on the page below a heading of the first level, the second, the third: else it begins the next page. */
const ROOM_UNDER_HEADING = [0, 150, 110, 70];

/** Places content on pages as pdfmake does, keeps headings with what follows, and remembers of which piece each line is. */
export class TaggedLayout extends layoutBuilder.default {
  constructor(
    size: object,
    margins: object,
    svgMeasure: object,
    private readonly lines: PiecesOfLines,
  ) {
    super(size, margins, svgMeasure);
  }

  override processNode(piece: Piece, isVerticalAlignmentAllowed?: boolean): void {
    const room = piece.roomBelow ?? ROOM_UNDER_HEADING[piece.headlineLevel ?? 0] ?? 0;
    const { y, availableHeight } = this.writer.context();
    if (room > availableHeight && y > 0 && piece.pageBreak === undefined) this.writer.moveToNextPage();
    super.processNode(piece, isVerticalAlignmentAllowed);
  }

  override buildNextLine(piece: Piece): Line | null {
    const line = super.buildNextLine(piece);
    if (line) this.lines.set(line.inlines, piece);
    return line;
  }
}

/**
 * Draws pages as pdfmake does, and marks everything drawn: text and pictures as content of their element in the structure
 * tree, rules, bullets, the foot of a page and a table head that is repeated as artifacts, which are not read aloud.
 */
export class TaggedRenderer extends renderer.default {
  /** The lines that were drawn; what comes a second time is the head of a table on its next page. */
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

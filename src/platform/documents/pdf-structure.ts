/** The semantics of a node in a pdfmake definition, besides its looks. */
interface Meaning {
  /** 1 to 6 for a heading. */
  headlineLevel?: number;
  /** Height that must be left on the page, in points; otherwise a new page begins. Headings have defaults. */
  roomBelow?: number;
  /** A table for layout only: its cells are read as if there were no table. */
  isLayout?: boolean;
  /** A cell that is the header of its row. */
  isRowHeader?: boolean;
  /** Alternative text of a picture; without it, the picture is an artifact that only shows what is said beside it. */
  alt?: string;
  /** Its element in the structure tree; absent for artifacts such as page footers. */
  element?: StructureElement;
}
export type Piece = Meaning & Record<string, unknown>;
type Cells = unknown[][];

const isPiece = (value: unknown): value is Piece => typeof value === 'object' && value !== null;

/** The longest run that fits in a column; longer words (web addresses) can break anywhere. */
const LONG_WORD = /(\S{31,})/;

/** Lets long words in a text break: otherwise they would push a table and its other columns off the page. */
function breakable(text: unknown): unknown {
  if (Array.isArray(text)) return text.flatMap(breakable);
  if (isPiece(text)) return { ...text, text: breakable(text.text) };
  if (typeof text !== 'string' || !LONG_WORD.test(text)) return text;
  const parts = text.split(LONG_WORD).filter((part) => part !== '');
  return parts.map((part) => (LONG_WORD.test(part) ? { text: part, wordBreak: 'break-all' } : part));
}

/**
 * The structure tree of a PDF in reading order: headings, paragraphs, lists, tables with their headers, pictures. It is
 * built from the definition before layout, and each piece of text carries the element it is drawn in.
 */
export class PdfStructure {
  constructor(private readonly document: PdfDocument) {}

  /** Builds the tree for this content; returns the content to lay out, in which every text is a node of its own. */
  describe(content: unknown): unknown {
    const root = this.document.struct('Document');
    this.document.addStructure(root);
    return this.under(root, content);
  }

  private under(parent: StructureElement, content: unknown): unknown {
    if (Array.isArray(content)) return content.map((one) => this.under(parent, one));
    const piece: Piece = isPiece(content) ? content : { text: String(content ?? '') };
    if (isPiece(piece.table)) return this.tableUnder(parent, piece);
    for (const list of ['ul', 'ol']) if (Array.isArray(piece[list])) return this.listUnder(parent, piece, list);
    for (const group of ['stack', 'columns']) {
      if (Array.isArray(piece[group])) return { ...piece, [group]: this.under(parent, piece[group]) };
    }
    const words = 'text' in piece ? { text: breakable(piece.text) } : {};
    return { ...piece, ...words, element: this.leafUnder(parent, piece) };
  }

  private leafUnder(parent: StructureElement, piece: Piece): StructureElement | undefined {
    if ('svg' in piece || 'image' in piece)
      return piece.alt ? this.add(parent, 'Figure', { alt: piece.alt }) : undefined;
    const { headlineLevel } = piece;
    return this.add(parent, headlineLevel === undefined ? 'P' : `H${headlineLevel}`);
  }

  private listUnder(parent: StructureElement, piece: Piece, key: string): Piece {
    const list = this.add(parent, 'L');
    const entries = (piece[key] as unknown[]).map((entry) => {
      const item = this.add(list, 'LI');
      return this.under(this.add(item, 'LBody'), entry);
    });
    return { ...piece, [key]: entries };
  }

  private tableUnder(parent: StructureElement, piece: Piece): Piece {
    const { headerRows = 0, body, ...rest } = piece.table as { headerRows?: number; body: Cells };
    if (piece.isLayout) return { ...piece, table: { headerRows, ...rest, body: this.under(parent, body) } };
    const table = this.add(parent, 'Table');
    const rows = body.map((cells, index) => {
      const row = this.add(table, 'TR');
      return cells.map((cell) => this.under(this.cellUnder(row, cell, index < headerRows), cell));
    });
    return { ...piece, table: { headerRows, ...rest, body: rows } };
  }

  private cellUnder(row: StructureElement, cell: unknown, isHead: boolean): StructureElement {
    if (isHead) return this.add(row, 'TH', { scope: 'Column' });
    const namesRow = isPiece(cell) && cell.isRowHeader === true;
    return namesRow ? this.add(row, 'TH', { scope: 'Row' }) : this.add(row, 'TD');
  }

  private add(parent: StructureElement, type: string, options: StructureOptions = {}): StructureElement {
    const element = this.document.struct(type, options);
    parent.add(element);
    return element;
  }
}

/** What a definition of pdfmake says about the meaning of a piece, beside how it looks. */
interface Meaning {
  /** 1 to 6 for a heading. */
  headlineLevel?: number;
  /** What must fit on the page from here on, in points: else it begins the next page. A heading has its own measure. */
  roomBelow?: number;
  /** A table that only places things: its cells are read as if there were no table. */
  isLayout?: boolean;
  /** A cell that names its row. */
  isRowHeader?: boolean;
  /** What a picture shows. */
  alt?: string;
  /** Where it stands in the structure tree; absent for what is no part of the text, such as the foot of a page. */
  element?: StructureElement;
}
export type Piece = Meaning & Record<string, unknown>;
type Cells = unknown[][];

const isPiece = (value: unknown): value is Piece => typeof value === 'object' && value !== null;

/** What fits in a column; longer words (an address of the web) are broken anywhere. */
const LONG_WORD = /(\S{31,})/;

/** A text, in which a long word may be broken: a table would grow off the page with it, and take its other columns along. */
function breakable(text: unknown): unknown {
  if (Array.isArray(text)) return text.flatMap(breakable);
  if (isPiece(text)) return { ...text, text: breakable(text.text) };
  if (typeof text !== 'string' || !LONG_WORD.test(text)) return text;
  const parts = text.split(LONG_WORD).filter((part) => part !== '');
  return parts.map((part) => (LONG_WORD.test(part) ? { text: part, wordBreak: 'break-all' } : part));
}

/**
 * The structure tree of a PDF, in the order of reading: headings, paragraphs, lists, tables with their heads, pictures. It
 * is made out of the definition before anything is placed, and each piece of text carries the element it is drawn in.
 */
export class PdfStructure {
  constructor(private readonly document: PdfDocument) {}

  /** Lays the tree of this content; answers the content to be placed, in which every text is a piece of its own. */
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

  private leafUnder(parent: StructureElement, piece: Piece): StructureElement {
    if ('svg' in piece || 'image' in piece) return this.add(parent, 'Figure', { alt: piece.alt });
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

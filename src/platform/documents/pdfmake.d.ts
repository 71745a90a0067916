/** The parts used here of pdfmake and the underlying pdfkit, which have no types of their own. */
interface StructureElement {
  dictionary: { data: Record<string, unknown> };
  add(child: StructureElement | StructureContent): this;
}
interface StructureContent {
  refs: object[];
}
interface StructureOptions {
  alt?: string;
  scope?: 'Column' | 'Row';
}
interface PdfDocument extends NodeJS.ReadableStream {
  page: { height: number };
  struct(type: string, options?: StructureOptions): StructureElement;
  addStructure(element: StructureElement): this;
  markContent(tag: 'Artifact', options: { type: 'Pagination' | 'Layout' }): this;
  markStructureContent(tag: string): StructureContent;
  endMarkedContent(): this;
  end(): void;
}

declare module 'pdfmake/js/PDFDocument.js' {
  /** A word as glyphs of a font. */
  export interface SetWord {
    glyphs: { id: number; advanceWidth: number; codePoints: number[] }[];
    positions: object[];
    advanceWidth: number;
  }
  export interface FontFile {
    characterSet: number[];
    glyphForCodePoint(codePoint: number): object;
    createSubset(): object;
  }
  /** A font as used by one document. */
  export interface DrawnFont {
    font: FontFile;
    subset: object;
    layoutCache: Record<string, SetWord>;
    layoutRun(text: string, features?: object): SetWord;
    ascender: number;
    descender: number;
    lineGap: number;
  }
  const file: {
    default: new (
      fonts: object,
      images: object,
      patterns: object,
      attachments: object,
      options: object,
      virtualFiles: null,
      mayRead: (path: string) => boolean,
    ) => PdfDocument & { provideFont(family: string, bold: boolean, italics: boolean): DrawnFont };
  };
  export default file;
}

declare module 'pdfmake/js/LayoutBuilder.js' {
  export interface Line {
    inlines: object[];
  }
  export interface LaidOutPage {
    pageSize: { height: number };
    items: { type: string; item: Line & { y: number } }[];
  }
  interface LayoutBuilder {
    registerTableLayouts(layouts: object): void;
    writer: { context(): { y: number; availableHeight: number }; moveToNextPage(): void };
    buildNextLine(node: object): Line | null;
    processNode(node: object, isVerticalAlignmentAllowed?: boolean): void;
    layoutDocument(
      content: object,
      document: PdfDocument,
      styles: object,
      defaultStyle: object,
      background: undefined,
      header: unknown,
      footer: unknown,
      watermark: undefined,
      pageBreakBefore: unknown,
    ): LaidOutPage[];
  }
  const file: { default: new (size: object, margins: object, svgMeasure: object) => LayoutBuilder };
  export default file;
}

declare module 'pdfmake/js/Renderer.js' {
  /** A picture with its position on the page and the properties from the definition. */
  export interface PlacedPicture {
    x: number;
    y: number;
    element?: StructureElement;
    _width: number;
    _height: number;
  }
  interface Renderer {
    renderPages(pages: object[]): void;
    renderLine(line: { inlines: object[] }, x: number, y: number): void;
    renderVector(vector: object): void;
    renderSVG(picture: PlacedPicture): void;
    renderImage(picture: PlacedPicture): void;
  }
  const file: { default: new (document: PdfDocument) => Renderer };
  export default file;
}

declare module 'pdfmake/js/SVGMeasure.js' {
  const file: { default: new () => object };
  export default file;
}
declare module 'pdfmake/js/tableLayouts.js' {
  const file: { tableLayouts: object };
  export default file;
}
declare module 'pdfmake/js/PageSize.js' {
  const file: {
    normalizePageSize(size: unknown, orientation?: 'portrait' | 'landscape'): { width: number; height: number };
    normalizePageMargin(margins: unknown): { bottom: number };
  };
  export default file;
}

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

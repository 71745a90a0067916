/** A pdfmake definition, extended with what is needed here. */
export interface PdfDefinition {
  content: unknown;
  pageMargins: number | number[];
  pageOrientation?: 'portrait' | 'landscape';
  defaultStyle?: object;
  styles?: object;
  /** Line heights that are tried in turn while the last page has hardly a line. */
  tighterLines?: readonly number[];
  header?: unknown;
  footer?: unknown;
  pageBreakBefore?: unknown;
  /** The creation date stored in the file; only with it does the same input give the same bytes. */
  madeAt?: Date;
  /** PDF/A-2a for archiving: adds a colour profile and a conformance statement. */
  isArchive?: boolean;
  /** Switched off only to inspect the output. */
  compress?: boolean;
}

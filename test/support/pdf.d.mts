/** An element of the structure tree of a PDF, with the text drawn in it. */
export interface PdfElement {
  type: string;
  scope?: string;
  alt?: string;
  text: string;
  children: PdfElement[];
}
export interface ReadPdf {
  title: string;
  language: string;
  isMarked: boolean;
  pages: number;
  /** The texts of the last page, one for each marked piece. */
  lastPage: string[];
  root: PdfElement;
  /** Drawn but not read aloud: page footers, repeated headers. */
  artifacts: string;
  /** Drawn outside any mark; empty in a well-tagged PDF. */
  unmarked: string;
  /** The rightmost start of a text, in points; an A4 page is 595 wide. */
  furthest: number;
}

export function readPdf(pdf: Buffer): ReadPdf;
export function elementsOf(root: PdfElement, ...types: string[]): PdfElement[];
export function wholeText(element: PdfElement): string;

import type { MinutesDocument } from './minutes-document.rules.js';

/** Minutes as a Word document: real headings, lists and tables, language Dutch. */
export async function minutesDocx(document: MinutesDocument): Promise<Buffer> {
  // Loaded with the first document, not at startup.
  const { drawDocx } = await import('./docx-drawing.js');
  return drawDocx(document);
}

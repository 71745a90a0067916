import { PAPER } from '../../platform/rendering/tokens.js';
import { toBlocks } from './minutes-blocks.rules.js';
import { type MinutesDocument, nameOf } from './minutes-document.rules.js';

/** Minutes as a Word document: real headings, lists and tables, language Dutch. */
export async function minutesDocx(document: MinutesDocument): Promise<Buffer> {
  // Loaded with the first document, not at startup.
  const { drawDocx } = await import('../../platform/documents/docx-blocks.js');
  return drawDocx(nameOf(document), toBlocks(document, PAPER.municipality));
}

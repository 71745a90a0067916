import { inflateRawSync } from 'node:zlib';

/** The text of word/document.xml. */
export const textOfDocx = (docx: Buffer): string => xmlOfDocx(docx).replaceAll(/<[^>]+>/g, '');

/** word/document.xml, from the zip. */
export function xmlOfDocx(docx: Buffer): string {
  for (let at = docx.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = docx.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    const name = docx.subarray(at + 46, at + 46 + docx.readUInt16LE(at + 28)).toString();
    if (name !== 'word/document.xml') continue;
    const local = docx.readUInt32LE(at + 42);
    const start = local + 30 + docx.readUInt16LE(local + 26) + docx.readUInt16LE(local + 28);
    return inflateRawSync(docx.subarray(start, start + docx.readUInt32LE(at + 20))).toString();
  }
  throw new Error('There is no word/document.xml in it.');
}

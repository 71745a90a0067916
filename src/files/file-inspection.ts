import { isWholePdf, LOOKED_AT, type FileFormat, formatOf } from './file-formats.rules.js';
import { refusedFile } from './file-refusals.js';
import type { FileStore } from './file-store.js';
import { rewriteImage } from './images.js';
import { officeFormat } from './office-documents.js';

/** A received file that may be stored. */
interface Inspected {
  format: FileFormat;
  /** The file to store: as received, or a re-encoded image. */
  path: string;
  width: number | null;
  height: number | null;
}

/** Finds the format of a received part from its bytes. Throws the refusal if it is not accepted. */
export async function inspect(store: FileStore, id: string): Promise<Inspected> {
  const path = store.partOf(id);
  const { head, tail } = await store.ends(id, LOOKED_AT);
  const format = formatOf(head);
  const noSize = { width: null, height: null };
  switch (format) {
    case 'pdf':
      if (!isWholePdf(tail)) throw refusedFile('DAMAGED');
      return { format, path, ...noSize };
    case 'zip':
      return { format: await officeFormat(path), path, ...noSize };
    case 'jpeg':
    case 'png':
      return {
        format,
        path: `${path}.new`,
        ...(await rewriteImage(path, format, `${path}.new`, store.thumbnailOf(id))),
      };
    default:
      throw refusedFile(format === 'heic' ? 'HEIC' : 'WRONG_FORMAT');
  }
}

import type { FileFormat } from '../../files/file-formats.rules.js';

/** A photo or document of a result, without its uploader and its original file name. */
export interface PublicFile {
  id: string;
  /**
   * What was agreed.
   * @example Lantaarns bij de skatebaan
   */
  what: string;
  /** Found from its bytes. */
  format: FileFormat;
  /** Size in bytes. */
  bytes: number;
  /** Of an image, in pixels; null of other files. */
  width: number | null;
  /** Of an image, in pixels; null of other files. */
  height: number | null;
}

/** The newest first; at most twenty. */
export interface PublicFileList {
  items: PublicFile[];
}

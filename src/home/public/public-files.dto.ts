import type { FileFormat } from '../../files/file-formats.rules.js';

/** A photo or document of a result, without its uploader and its original file name. */
export interface PublicFile {
  id: string;
  /**
   * What was agreed.
   * @example Lantaarns bij de skatebaan
   */
  what: string;
  /** Recognised from its bytes. */
  format: FileFormat;
  /** Size in bytes. */
  bytes: number;
  /** For an image, in pixels; null for other files. */
  width: number | null;
  /** For an image, in pixels; null for other files. */
  height: number | null;
}

/** Newest first; at most twenty. */
export interface PublicFileList {
  items: PublicFile[];
}

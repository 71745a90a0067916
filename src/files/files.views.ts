import { FILE_FORMATS, type FileFormat } from './file-formats.rules.js';
import type { FileKind, StoredFile } from './file.entity.js';

/** A file of an action, agenda item or initiative. */
export interface FileView {
  id: string;
  /**
   * The name to show and to save under.
   * @example schouw.pdf
   */
  name: string;
  /** Recognised from its bytes. */
  format: FileFormat;
  /** @example application/pdf */
  mediaType: string;
  /** Size in bytes. */
  bytes: number;
  /** For an image, in pixels; null for other files. */
  width: number | null;
  /** For an image, in pixels; null for other files. */
  height: number | null;
  /**
   * SHA-256 of the bytes as stored.
   * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
   */
  sha256: string;
  /** Whether the public page of the area shows it, with the public line of its action or initiative. */
  isPublic: boolean;
  addedById: string;
  /** @example wijkagent Boskoop */
  addedByName: string;
  addedAt: string;
  version: number;
}

/** The files of one record, oldest first; at most ten. */
export interface FileList {
  items: FileView[];
}

export type FileRow = Pick<
  StoredFile,
  'id' | 'name' | 'isPublic' | 'addedById' | 'addedAt' | 'version' | 'width' | 'height'
> & { addedByName: string; format: FileFormat; bytes: number; sha256: string; kind: FileKind; thingId: string };

export const FILE_COLUMNS = `f."id", f."kind", f."thingId", f."name", f."format", f."bytes", f."width", f."height",
  f."sha256", f."isPublic", f."addedById", p."name" AS "addedByName", f."addedAt", f."version"`;
export const FILE_FROM = '"files" f JOIN "people" p ON p."id" = f."addedById"';

export const toFileView = ({ kind: _, thingId: __, ...file }: FileRow): FileView => ({
  ...file,
  mediaType: FILE_FORMATS[file.format].mediaType,
});

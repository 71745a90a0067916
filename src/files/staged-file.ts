import type { FileFormat } from './file-formats.rules.js';
import type { Thing } from './file.entity.js';

/** A file that is on disk, but not yet attached to its record. */
export interface StagedFile {
  id: string;
  thing: Thing;
  name: string;
  format: FileFormat;
  bytes: number;
  width: number | null;
  height: number | null;
  sha256: string;
}

import { inDutch, dayOf } from '../platform/common/calendar-date.js';
import type { RejectedForm } from '../web/forms.js';
import { isImage, MOST_FILES } from './file-formats.rules.js';
import type { FileView } from './files.views.js';
import { FILE_HINT, FORMAT_WORDS, sizeWords } from './words.js';

/** What a reader may do with the files of a record. */
export interface FileRights {
  mayAdd: boolean;
  mayRemove: (file: FileView) => boolean;
  /** Whether files of this record can be shown on a public page, and this reader may decide it. */
  mayPublish: boolean | ((file: FileView) => boolean);
}

/** The paths of the files of a record: on pages, and in the API, which serves the bytes. */
interface FilePlace {
  page: string;
  api: string;
}

/** The files of a record on its page, with the form that adds one. */
export function fileBlock(
  files: readonly FileView[],
  { page, api }: FilePlace,
  rights: FileRights,
  rejected?: RejectedForm,
) {
  return {
    page,
    files: files.map((file) => ({
      id: file.id,
      name: file.name,
      href: `${api}/${file.id}`,
      thumbnail: isImage(file.format) ? `${api}/${file.id}/thumbnail` : null,
      about: `${FORMAT_WORDS[file.format]}, ${sizeWords(file.bytes)}, van ${file.addedByName} op ${inDutch(dayOf(file.addedAt))}`,
      isPublic: file.isPublic,
      mayRemove: rights.mayRemove(file),
      mayPublish: typeof rights.mayPublish === 'boolean' ? rights.mayPublish : rights.mayPublish(file),
      version: file.version,
    })),
    mayAdd: rights.mayAdd && files.length < MOST_FILES,
    isFull: rights.mayAdd && files.length >= MOST_FILES,
    hint: FILE_HINT,
    error: rejected?.problem.summary[0]?.text ?? null,
  };
}

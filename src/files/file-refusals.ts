import { conflict, invalid } from '../platform/common/problems.js';

/** Why a file is not accepted. */
export type FileViolation =
  'WRONG_FORMAT' | 'HEIC' | 'DAMAGED' | 'TOO_MANY_PIXELS' | 'UNPACKS_TOO_LARGE' | 'MACROS' | 'EMPTY' | 'MORE_THAN_ONE';

const MESSAGES: Record<FileViolation, string> = {
  WRONG_FORMAT: 'file must be a PDF, JPEG, PNG, DOCX or XLSX, judged by its content',
  HEIC: 'file is HEIC, which is not supported; send it as JPEG',
  DAMAGED: 'file is damaged or cut off',
  TOO_MANY_PIXELS: 'file must be an image of at most 64 million pixels',
  UNPACKS_TOO_LARGE: 'file is too large once unpacked',
  MACROS: 'file must not contain macros',
  EMPTY: 'file must not be empty',
  MORE_THAN_ONE: 'file must be one file; send others in separate requests',
};

/** 400: this file is not accepted. */
export const refusedFile = (code: FileViolation) => invalid([{ field: 'file', code, message: MESSAGES[code] }]);

/** 409: this record already has the maximum number of files. */
export const tooManyFiles = () => conflict('TOO_MANY_FILES', 'There are already 10 files; remove one first.');

/** 409: all files together have reached `FILES_TOTAL_MB`. */
export const noRoomForFiles = () =>
  conflict('FILES_FULL', 'There is no room for more files. An administrator can raise FILES_TOTAL_MB.');

import type { FormWords } from '../web/forms.js';
import type { FileKind } from './file.entity.js';
import type { FileFormat } from './file-formats.rules.js';
import type { FileViolation } from './file-refusals.js';

export const FORMAT_WORDS: Record<FileFormat, string> = {
  pdf: 'PDF',
  jpeg: 'foto',
  png: 'afbeelding',
  docx: 'Word',
  xlsx: 'Excel',
};

/**
 * The word for a file by what it belongs to: in the name of a file in the archive, and before the name of the record.
 */
export const FILE_KIND_WORDS: Record<FileKind, { name: string; of: string }> = {
  agenda_item: { name: 'stuk', of: 'Stuk bij agendapunt' },
  action: { name: 'actie', of: 'Bestand bij actie' },
  initiative: { name: 'initiatief', of: 'Bestand bij initiatief' },
};

export const FILE_HINT = 'PDF, Word (docx), Excel (xlsx), JPEG of PNG, hoogstens 10 MB.';
export const PHOTO_HINT =
  'Niet verplicht. JPEG of PNG, hoogstens 10 MB. Waar en wanneer de foto is gemaakt, bewaren wij niet.';

/** Why a file is not accepted. */
const VIOLATION_WORDS: Record<FileViolation, string> = {
  WRONG_FORMAT: 'Dit bestand kan niet. Kies een PDF, Word (docx), Excel (xlsx), JPEG of PNG.',
  HEIC: 'Een foto in HEIC kan niet. Bewaar hem als JPEG en kies hem opnieuw.',
  DAMAGED: 'Dit bestand is beschadigd of niet compleet. Kies het opnieuw.',
  TOO_MANY_PIXELS: 'Deze afbeelding heeft te veel beeldpunten. Maak haar kleiner en kies haar opnieuw.',
  UNPACKS_TOO_LARGE: 'Uitgepakt is dit bestand te groot.',
  MACROS: 'Dit bestand bevat macro’s. Bewaar het zonder macro’s en kies het opnieuw.',
  EMPTY: 'Kies een bestand.',
  MORE_THAN_ONE: 'Kies één bestand tegelijk.',
};

export const FILE_WORDS: FormWords = {
  fields: { ground: 'Schrijf op op welke grond u het weglakt.' },
  violations: VIOLATION_WORDS,
  codes: {
    TOO_MANY_FILES: 'Er zijn al 10 bestanden. Verwijder er eerst een.',
    FILES_FULL: 'Er is geen plaats meer voor bestanden. Vraag de beheerder.',
    FILE_TOO_LARGE: 'Dit bestand is te groot. Een bestand mag hoogstens 10 MB zijn.',
    UPLOAD_BROKEN: 'Het bestand kwam niet helemaal aan. Probeer het opnieuw.',
    MINUTES_SENT: 'Het verslag is verstuurd. De stukken staan vast.',
    FILE_NOT_A_PHOTO: 'Alleen een foto kan openbaar zijn, geen ander bestand.',
    ACTION_CONFIDENTIAL: 'Een bestand bij een vertrouwelijke actie kan niet openbaar zijn.',
  },
};

/** For forms with files: each violation belongs to the field in which a file is chosen. */
export const FILE_FORM: FormWords = { ...FILE_WORDS, idOf: () => 'bestand' };
/** The messages after a change. */
export const FILE_TOLD = {
  added: (name: string): string => `Toegevoegd: ${name}.`,
  removed: 'Het bestand is verwijderd.',
  published: (name: string, isPublic: boolean): string => `${name} is ${isPublic ? 'openbaar' : 'niet meer openbaar'}.`,
};

/** "1,2 MB", "340 kB". */
export const sizeWords = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1).replace('.', ',')} MB`;

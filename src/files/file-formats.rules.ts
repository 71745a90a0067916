import { MEDIA_TYPES } from '../platform/common/media-types.js';

/** The accepted formats, and how they are stored and served. */
export const FILE_FORMATS = {
  pdf: { mediaType: MEDIA_TYPES.pdf, ending: 'pdf', isShown: true },
  jpeg: { mediaType: 'image/jpeg', ending: 'jpg', isShown: true },
  png: { mediaType: 'image/png', ending: 'png', isShown: true },
  docx: {
    mediaType: MEDIA_TYPES.docx,
    ending: 'docx',
    isShown: false,
  },
  xlsx: {
    mediaType: MEDIA_TYPES.xlsx,
    ending: 'xlsx',
    isShown: false,
  },
} as const;
export type FileFormat = keyof typeof FILE_FORMATS;

export const isImage = (format: FileFormat | null): boolean => format === 'jpeg' || format === 'png';

/** The maximum number of files of one record. */
export const MOST_FILES = 10;
/** The number of bytes at the start and end of a file that are used to recognise its format. */
export const LOOKED_AT = 1024;

/** The format according to the first bytes; `heic` is recognised only to be able to say that it is not accepted. */
export function formatOf(head: Buffer): 'pdf' | 'jpeg' | 'png' | 'zip' | 'heic' | undefined {
  const begins = (bytes: string, at = 0): boolean =>
    head.subarray(at, at + bytes.length).equals(Buffer.from(bytes, 'latin1'));
  if (begins('%PDF-')) return 'pdf';
  if (begins('\xff\xd8\xff')) return 'jpeg';
  if (begins('\x89PNG\r\n\x1a\n')) return 'png';
  if (begins('PK\x03\x04')) return 'zip';
  if (begins('ftyp', 4) && ['heic', 'heix', 'hevc', 'mif1', 'msf1'].some((brand) => begins(brand, 8))) return 'heic';
  return undefined;
}

/** Whether a PDF has its end marker: without it, the file was cut off. */
export const isWholePdf = (tail: Buffer): boolean => tail.includes('%%EOF');

const MOST_NAME = 100;

/**
 * The name to show and to save under: the last part of a path, without control characters, marks that change the
 * direction of text or characters that file systems refuse, with the extension of its format.
 */
export function safeName(given: string, format: FileFormat): string {
  const { ending } = FILE_FORMATS[format];
  const last = given.normalize('NFC').split(/[/\\]/).at(-1)!;
  const clean = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  return `${[...clean].slice(0, MOST_NAME).join('').trim() || 'bestand'}.${ending}`;
}

/** `Content-Disposition` with this name, in ASCII and in full (RFC 6266). */
export function dispositionOf(name: string, isShown: boolean): string {
  const plain = name
    .normalize('NFD')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .replaceAll(/["\\%]/g, '');
  const full = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${isShown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${full}`;
}

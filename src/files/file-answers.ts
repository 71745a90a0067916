import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FILE_FORMATS, dispositionOf, isImage, safeName } from './file-formats.rules.js';
import { notFound } from '../platform/common/problems.js';
import type { FileStore } from './file-store.js';
import type { FileView } from './files.views.js';

export const FORM_TYPE = 'multipart/form-data';
export const FILE_MEDIA_TYPES = Object.values(FILE_FORMATS).map(({ mediaType }) => mediaType);
export const THUMBNAIL_TYPE = ['image/jpeg'];
export const FILE_RULES =
  'One file, in the form field `file`: PDF, JPEG, PNG, DOCX or XLSX, judged by its content, of at most 10 MB; at most 10 files in all. Images are stored upright, at most 2,560 pixels wide or high, without camera metadata.';

/** Whatever a file contains, it cannot run scripts, load anything or share an origin. PDF viewers are scripts. */
const SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; sandbox";

/** `isConfidential`: its name is kept out of the headers, which others may log. */
type Served = Pick<FileView, 'id' | 'name' | 'format' | 'bytes'> & { isConfidential?: boolean };

/** The bytes of a file: images and PDF inline, the rest as a download. */
export async function answerFile(reply: FastifyReply, store: FileStore, file: Served): Promise<StreamableFile> {
  const stream = await store.read(file.id);
  const { mediaType, isShown } = FILE_FORMATS[file.format];
  const name = file.isConfidential ? safeName('', file.format) : file.name;
  void reply.headers({
    'Content-Security-Policy': file.format === 'pdf' ? `${SANDBOX} allow-scripts` : SANDBOX,
    'X-Content-Type-Options': 'nosniff',
    'Content-Disposition': dispositionOf(name, isShown),
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  return new StreamableFile(stream, { type: mediaType, length: file.bytes });
}

/** The thumbnail of an image; 404 for other files. */
export async function answerThumbnail(
  reply: FastifyReply,
  store: FileStore,
  file: Pick<FileView, 'id' | 'format'>,
): Promise<StreamableFile> {
  if (!isImage(file.format)) throw notFound();
  const stream = await store.readThumbnail(file.id);
  void reply.headers({ 'Content-Security-Policy': SANDBOX, 'X-Content-Type-Options': 'nosniff' });
  return new StreamableFile(stream, { type: 'image/jpeg' });
}

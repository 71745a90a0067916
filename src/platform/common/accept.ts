import { NotAcceptableException } from '@nestjs/common';
import accepts from 'accepts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Format, MEDIA_TYPES, type TableFormat } from './media-types.js';

const WITHOUT_CHARACTERS: readonly Format[] = ['xlsx', 'pdf', 'docx'];

/** The format requested by `Accept`, out of those offered; the first one without `Accept`, 406 if none matches. */
export function formatOf(request: FastifyRequest, offered: readonly Format[]): Format {
  const chosen = accepts(request.raw).type(offered.map((format) => MEDIA_TYPES[format]));
  const format = offered.find((one) => MEDIA_TYPES[one] === chosen);
  if (!format) {
    throw new NotAcceptableException(`Supported formats: ${offered.join(', ')}.`, { errorCode: 'NOT_ACCEPTABLE' });
  }
  return format;
}

/**
 * For public data that people read on a page of their own: sends a browser there. Whether it did; false if the answer is to be
 * JSON.
 */
export function sentToPage(request: FastifyRequest, reply: FastifyReply, page: string): boolean {
  void reply.header('Vary', 'Accept');
  if (formatOf(request, ['json', 'html']) === 'json') return false;
  void reply.status(303).header('Location', page).type(contentTypeOf('html'));
  return true;
}

export const contentTypeOf = (format: Format): string =>
  WITHOUT_CHARACTERS.includes(format) ? MEDIA_TYPES[format] : `${MEDIA_TYPES[format]}; charset=utf-8`;

/** The same for a list that is also available as a table, which is sent as a file with this name. */
export function listFormatOf(request: FastifyRequest, reply: FastifyReply, name: string): 'json' | TableFormat {
  const format = formatOf(request, ['json', 'csv', 'xlsx']) as 'json' | TableFormat;
  void reply.header('Vary', 'Accept');
  if (format === 'json') return format;
  void reply.type(contentTypeOf(format)).header('Content-Disposition', `attachment; filename="${name}.${format}"`);
  return format;
}

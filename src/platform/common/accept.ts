import { NotAcceptableException } from '@nestjs/common';
import accepts from 'accepts';
import type { FastifyReply, FastifyRequest } from 'fastify';

const TYPES = {
  json: 'application/json',
  html: 'text/html',
  text: 'text/plain',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  feed: 'application/atom+xml',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;
const WITHOUT_CHARACTERS: readonly Format[] = ['xlsx', 'pdf', 'docx'];
export type Format = keyof typeof TYPES;

/** The format requested by `Accept`, out of those offered; the first one without `Accept`, 406 if none matches. */
export function formatOf(request: FastifyRequest, offered: readonly Format[]): Format {
  const chosen = accepts(request.raw).type(offered.map((format) => TYPES[format]));
  const format = offered.find((one) => TYPES[one] === chosen);
  if (!format) {
    throw new NotAcceptableException(`Supported formats: ${offered.join(', ')}.`, { errorCode: 'NOT_ACCEPTABLE' });
  }
  return format;
}

export const contentTypeOf = (format: Format): string =>
  WITHOUT_CHARACTERS.includes(format) ? TYPES[format] : `${TYPES[format]}; charset=utf-8`;

/** The same for a list that can be had as a table too; a table is sent as a file with this name. */
export function listFormatOf(request: FastifyRequest, reply: FastifyReply, name: string): 'json' | 'csv' | 'xlsx' {
  const format = formatOf(request, ['json', 'csv', 'xlsx']) as 'json' | 'csv' | 'xlsx';
  void reply.header('Vary', 'Accept');
  if (format === 'json') return format;
  void reply.type(contentTypeOf(format)).header('Content-Disposition', `attachment; filename="${name}.${format}"`);
  return format;
}

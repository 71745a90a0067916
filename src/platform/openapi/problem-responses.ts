import { NotAcceptableException } from '@nestjs/common';
import { TooOften } from '../access/limits.service.js';
import { ifMatchRequired, versionChanged } from '../common/etag.js';
import { type Problem, toProblem } from '../server/problem.filter.js';
import { conflict, forbidden, invalid, notFound, unauthenticated } from '../common/problems.js';
import { BusyError } from '../common/storage-errors.js';
import { refTo, type ResponseObject } from './types.js';

/** By status: the name of its shared response, what it means in this API, and what is thrown for it. */
const PROBLEMS: Record<string, [name: string, description: string, error: unknown]> = {
  400: [
    'BadRequest',
    'The request is invalid; `errors` lists every invalid field.',
    invalid([{ field: 'pageSize', message: 'pageSize must not be greater than 200' }]),
  ],
  401: ['Unauthorized', 'No valid API token.', unauthenticated()],
  403: ['Forbidden', 'Not allowed.', forbidden()],
  404: ['NotFound', 'Not found, or not visible to you.', notFound()],
  406: [
    'NotAcceptable',
    'The requested format is not supported.',
    new NotAcceptableException('Supported formats: json, csv.', { errorCode: 'NOT_ACCEPTABLE' }),
  ],
  409: [
    'Conflict',
    'Conflicts with the current state; `code` says how.',
    conflict('ALREADY_EXISTS', 'A record with these values already exists.'),
  ],
  412: ['PreconditionFailed', 'If-Match is not the ETag of the current version of this resource.', versionChanged()],
  413: ['PayloadTooLarge', 'The body is larger than 256 KiB (5 MB where a file is read).', { statusCode: 413 }],
  414: ['UriTooLong', 'A part of the path is longer than 200 characters.', { statusCode: 414 }],
  415: ['UnsupportedMediaType', 'The media type of the body is not one of those described here.', { statusCode: 415 }],
  428: ['PreconditionRequired', 'If-Match is missing.', ifMatchRequired()],
  429: ['TooManyRequests', 'Too many requests; `Retry-After` gives the seconds to wait.', new TooOften(60)],
  500: ['InternalError', 'Something went wrong on our side. Nothing was changed.', new Error()],
  503: [
    'ServiceUnavailable',
    'Storage is unavailable at the moment.',
    new BusyError('Storage is busy. Nothing was stored; try again.'),
  ],
};

const HEADERS: Record<string, string[]> = { 401: ['WWW-Authenticate'], 429: ['Retry-After'], 503: ['Retry-After'] };

/** The shared response of a status. */
export const refToProblem = (status: string) => refTo('responses', PROBLEMS[status][0]);

/** Every problem as a shared response; its example is what the filter makes of the error thrown for it. */
export function problemResponses(): Record<string, ResponseObject> {
  return Object.fromEntries(
    Object.entries(PROBLEMS).map(([status, [name, description, error]]) => {
      const headers = Object.fromEntries(
        ['API-Version', ...(HEADERS[status] ?? [])].map((header) => [header, refTo('headers', header)]),
      );
      const example: Problem = toProblem(error);
      const content = { 'application/problem+json': { schema: refTo('schemas', 'Problem'), example } };
      return [name, { description, headers, content }];
    }),
  );
}

import { NotAcceptableException } from '@nestjs/common';
import { TooOften } from '../access/limits.service.js';
import { BusyError } from '../database/transactions.js';
import { ifMatchRequired, versionChanged } from './etag.js';
import { type Problem, toProblem } from './problem.filter.js';
import { conflict, forbidden, invalid, notFound, unauthenticated } from './problems.js';

/** What a status means in this API, and what is thrown for it. */
const PROBLEMS: Record<string, [description: string, error: unknown]> = {
  400: [
    'The request is invalid; `errors` lists every invalid field.',
    invalid([{ field: 'pageSize', message: 'pageSize must not be greater than 200' }]),
  ],
  401: ['No valid API token.', unauthenticated()],
  403: ['Not allowed.', forbidden()],
  404: ['Not found, or not visible to you.', notFound()],
  406: [
    'The requested format is not supported.',
    new NotAcceptableException('Supported formats: json, csv.', { errorCode: 'NOT_ACCEPTABLE' }),
  ],
  409: [
    'Conflicts with the current state; `code` says how.',
    conflict('ALREADY_EXISTS', 'A record with these values already exists.'),
  ],
  412: ['If-Match is not the ETag of the current version of this resource.', versionChanged()],
  413: ['The body is larger than 256 KiB, or 5 MB where a file is read.', { statusCode: 413 }],
  414: ['A part of the path is longer than 200 characters.', { statusCode: 414 }],
  415: ['The body has another media type than is described here.', { statusCode: 415 }],
  428: ['If-Match is missing.', ifMatchRequired()],
  429: ['Too many requests; `Retry-After` gives the seconds to wait.', new TooOften(60)],
  503: ['Storage is unavailable at the moment.', new BusyError('Storage is busy. Nothing was stored; try again.')],
};

/** The description of a status and the answer to one of its errors: made by the filter that makes the real ones. */
export function describedProblem(code: string): { description: string; example: Problem } {
  const [description, error] = PROBLEMS[code];
  return { description, example: toProblem(error) };
}

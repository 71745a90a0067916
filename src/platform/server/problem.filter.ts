import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { EntityNotFoundError, QueryFailedError } from 'typeorm';
import { type FieldError, notFound } from '../common/problems.js';
import { BusyError, isUniqueViolation, OutcomeUnknownError } from '../common/storage-errors.js';
import { isDatabaseAway, isDatabaseBusy, isRefusingWrites } from '../postgres/postgres-errors.js';
import { logFailure } from './failure-log.js';

/** An error as returned to a client (RFC 9457). */
export interface Problem {
  /**
   * The HTTP status.
   * @example 404
   */
  status: number;
  /**
   * The standard phrase of the status.
   * @example Not Found
   */
  title: string;
  /** What went wrong, in English. */
  detail: string;
  /**
   * A stable code for programs.
   * @example NOT_FOUND
   */
  code: string;
  /** Everything wrong with the input at once. */
  errors?: FieldError[];
}

/** Answers with an HTML page instead, for requests for pages. */
export interface PageAnswers {
  /** Whether it answered. */
  answer(problem: Problem, request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
}

/** Turns every thrown error into `application/problem+json` (RFC 9457); bad client input is never a 5xx. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  constructor(private readonly pages?: PageAnswers) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const problem = toProblem(error);
    if (problem.status >= 500) logFailure(this.logger, error, { requestId: request.id });
    const { seconds } = (error ?? {}) as { seconds?: unknown };
    if (problem.status === 429 && typeof seconds === 'number') void reply.header('Retry-After', String(seconds));
    if (problem.status === 503) void reply.header('Retry-After', '5');
    if (await this.pages?.answer(problem, request, reply).catch((failure: Error) => this.failed(failure))) return;
    if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private failed(failure: Error): false {
    this.logger.error(failure.stack);
    return false;
  }
}

const DATABASE_AWAY = 'The database does not respond. Nothing was stored; try again.';
const DATABASE_READS_ONLY = 'The database accepts no writes at the moment. Nothing was stored; try again.';
const DATABASE_BUSY = 'The database is busy. Nothing was stored; try again.';
const OUTCOME_UNKNOWN =
  'The connection to the database was lost during the write, which may or may not have been stored. Repeat it with the same ' +
  'Idempotency-Key: it is then done only once. Without a key, first check whether it was stored.';

export function toProblem(error: unknown): Problem {
  if (error instanceof EntityNotFoundError) return toProblem(notFound());
  if (error instanceof BusyError) return problem(503, 'BUSY', error.message);
  if (error instanceof OutcomeUnknownError) return problem(503, 'OUTCOME_UNKNOWN', OUTCOME_UNKNOWN);
  if (isDatabaseAway(error))
    return problem(503, 'DATABASE_UNAVAILABLE', isRefusingWrites(error) ? DATABASE_READS_ONLY : DATABASE_AWAY);
  if (isDatabaseBusy(error)) return problem(503, 'BUSY', DATABASE_BUSY);
  if (error instanceof HttpException) return fromHttpException(error);
  // Too deeply nested lists, which none of our clients send.
  if (error instanceof RangeError && error.message.startsWith('Maximum call stack'))
    return problemOf(400, 'The request could not be parsed.');
  const { statusCode } = error as { statusCode?: unknown };
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return problemOf(statusCode, UNREADABLE[statusCode] ?? 'The request could not be parsed.');
  }
  if (error instanceof QueryFailedError && isUniqueViolation(error)) {
    return problem(409, 'ALREADY_EXISTS', 'A record with these values already exists.');
  }
  return problem(500, 'INTERNAL_ERROR', 'Something went wrong on our side. Nothing was changed.');
}

/** Why the server refuses to read a request at all. */
const UNREADABLE: Record<number, string> = {
  413: 'The body is too large.',
  414: 'A part of the path is too long.',
  415: 'The media type of the body is not supported here.',
};

function fromHttpException(error: HttpException): Problem {
  const status = error.getStatus();
  const body = error.getResponse();
  const { message, errors } = (typeof body === 'object' ? body : { message: body }) as {
    message?: unknown;
    errors?: FieldError[];
  };
  const code = error.errorCode ?? codeOf(status);
  // The router's own 404 names the path; ours does not, so that unknown and hidden look the same.
  if (status === 404) return problem(404, 'NOT_FOUND', 'Not found, or not visible to you.');
  const said = typeof message === 'string' ? message : error.message;
  // An error without one of our codes comes from the server itself.
  const detail = error.errorCode === undefined ? (UNREADABLE[status] ?? said) : said;
  return problem(status, code, detail, errors);
}

/** The standard reason phrase of a status as a code: `PAYLOAD_TOO_LARGE`. */
const codeOf = (status: number): string => (STATUS_CODES[status] ?? 'ERROR').toUpperCase().replaceAll(/[^A-Z]+/g, '_');

/** A problem with only a status and a message. */
export const problemOf = (status: number, detail: string): Problem => problem(status, codeOf(status), detail);

function problem(status: number, code: string, detail: string, errors?: FieldError[]): Problem {
  return { status, title: STATUS_CODES[status] ?? 'Error', detail, code, ...(errors ? { errors } : {}) };
}

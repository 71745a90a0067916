import {
  createParamDecorator,
  HttpException,
  type ExecutionContext,
  BadRequestException,
  PreconditionFailedException,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const TAG = /^(?:W\/)?"(\d{1,9})"$/;

export const toETag = (version: number): string => `"${version}"`;

/** The version the client read, from `If-Match`: 428 if missing, 400 if it is not one of our ETags. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (!header) throw ifMatchRequired();
  const match = TAG.exec(header);
  if (!match)
    throw new BadRequestException('If-Match is not an ETag of this service.', { errorCode: 'INVALID_IF_MATCH' });
  return Number(match[1]);
});

export const ifMatchRequired = (): HttpException =>
  new HttpException('If-Match is required: send the ETag you read.', 428, { errorCode: 'IF_MATCH_REQUIRED' });

/**
 * An ETag is a count of edits, so that of another resource is indistinguishable from an earlier one of this resource.
 */
export const versionChanged = (): PreconditionFailedException =>
  new PreconditionFailedException(
    'If-Match is not the current ETag of this resource: it has changed since you read it, or the ETag is of another resource. Read it again.',
    { errorCode: 'VERSION_CHANGED' },
  );

/** 412 if someone else changed the row first. */
export function mustMatch(row: { version: number }, expected: number): void {
  if (row.version !== expected) throw versionChanged();
}

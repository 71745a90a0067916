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

/** The version a client read, out of `If-Match`: 428 without, 400 when it is no tag of ours. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (!header) {
    throw new HttpException('Send the ETag of what you read in If-Match.', 428, { errorCode: 'IF_MATCH_REQUIRED' });
  }
  const match = TAG.exec(header);
  if (!match)
    throw new BadRequestException('If-Match is not an ETag of this service.', { errorCode: 'INVALID_IF_MATCH' });
  return Number(match[1]);
});

/** Refuses with 412 when someone was first. */
export function mustMatch(row: { version: number }, expected: number): void {
  if (row.version !== expected) {
    throw new PreconditionFailedException('Someone changed this since you read it. Read it again.', {
      errorCode: 'VERSION_CHANGED',
    });
  }
}

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../platform/access/caller.js';
import type { RequestWithSession } from '../identity/session-cookie.js';

/** One request for a page: the caller (undefined on public pages), the request, and the response in progress. */
export interface Visit {
  caller: Caller | undefined;
  request: RequestWithSession;
  reply: FastifyReply;
}

export const visitOf = (request: RequestWithSession, reply: FastifyReply): Visit => ({
  caller: request.caller,
  request,
  reply,
});

export const CurrentVisit = createParamDecorator((_: unknown, context: ExecutionContext): Visit => {
  const http = context.switchToHttp();
  return visitOf(http.getRequest<RequestWithSession>(), http.getResponse<FastifyReply>());
});

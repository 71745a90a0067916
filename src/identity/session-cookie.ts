import { ForbiddenException } from '@nestjs/common';
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestWithCaller } from '../platform/access/caller.js';
import type { Browser, OpenSession } from './web-sessions.service.js';

/** A request with a session cookie. */
export type RequestWithSession = RequestWithCaller & { session?: OpenSession };

const NAME = 'wijkagenda';
const VALUE = /^[\w.-]{1,800}$/;
/** A day longer than any session, so that a form sent just after its end is still recognised. */
const FIFTEEN_DAYS_S = 15 * 86_400;

export const browserIn = (request: FastifyRequest, publicUrl: string): Browser => ({
  userAgent: request.headers['user-agent'],
  secret: readCookie(request, publicUrl),
});

/** The name of a same-site cookie; over https with the `__Host-` prefix, which makes browsers insist on https. */
const cookieName = (publicUrl: string, name: string): string =>
  publicUrl.startsWith('https:') ? `__Host-${name}` : name;

/** The value of one of our cookies; undefined if it is absent or malformed. */
export function readCookie(request: FastifyRequest, publicUrl: string, name = NAME): string | undefined {
  const value = request.cookies[cookieName(publicUrl, name)];
  return value && VALUE.test(value) ? value : undefined;
}

/** Sets one of our cookies; an empty value deletes it. */
export function writeCookie(
  reply: FastifyReply,
  publicUrl: string,
  value: string,
  name = NAME,
  seconds = FIFTEEN_DAYS_S,
): void {
  void reply.setCookie(cookieName(publicUrl, name), value, {
    ...{ path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') },
    maxAge: value === '' ? 0 : seconds,
  });
}

/**
 * Whether a request can have come from one of our pages: browsers say so in `Sec-Fetch-Site` or `Origin`. A program
 * that sends neither does not carry somebody else's cookie.
 */
export function isSameSite({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = headers;
  if (origin === undefined || (origin === 'null' && site === 'same-origin')) return true;
  if (!URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || (site === 'same-origin' && new URL(origin).host === headers.host);
}

/** Rejects forms on other sites with 403, so that they cannot sign anyone in. */
export function mustBeSameSite(request: FastifyRequest, publicUrl: string): void {
  if (!isSameSite(request, publicUrl))
    throw new ForbiddenException('This did not come from one of our forms.', { errorCode: 'FOREIGN_FORM' });
}

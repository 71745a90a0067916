import { type CanActivate, type ExecutionContext, ForbiddenException, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isPermitted } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { Limits } from '../platform/access/limits.service.js';
import type { Permission } from '../platform/access/permissions.js';
import { REQUIRED } from '../platform/access/requires.js';
import { forbidden, unauthenticated } from '../platform/common/problems.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { Callers } from './callers.service.js';
import { isSameSite, readCookie, type RequestWithSession } from './session-cookie.js';
import { passkeyRequired } from './passkeys.service.js';
import { WebSessions } from './web-sessions.service.js';

const BEARER = /^Bearer ([\x21-\x7e]{1,200})$/i;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Permissions available to a session that still has to present a passkey. */
const OWN_ACCOUNT = new Set<Permission | undefined>(['me.read', 'me.write']);

/**
 * Denies by default: 401 without a caller, 403 without the route's permission; queries apply the scope. The caller is
 * identified by an API token or else by the session cookie; with a cookie, a change must come from a form of that
 * session.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly reflector: Reflector,
    private readonly callers: Callers,
    private readonly sessions: WebSessions,
    private readonly limits: Limits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const required = this.reflector.get<Permission | 'everyone' | undefined>(REQUIRED, context.getHandler());
    if (required === 'everyone') return true;
    const request = context.switchToHttp().getRequest<RequestWithSession>();
    const caller = await this.callerOf(request);
    if (!caller) {
      if (request.headers.authorization !== undefined) await this.limits.count('refused', 'address', request.ip);
      throw unauthenticated();
    }
    request.caller = caller;
    if (request.session?.needsPasskey && !OWN_ACCOUNT.has(required)) throw passkeyRequired();
    if (!required || !isPermitted(caller, required)) throw forbidden();
    return true;
  }

  private async callerOf(request: RequestWithSession): Promise<Caller | undefined> {
    if (request.headers.authorization !== undefined) {
      const token = BEARER.exec(request.headers.authorization)?.[1];
      return token ? this.callers.byToken(token) : undefined;
    }
    const secret = readCookie(request, this.settings.PUBLIC_URL);
    const session = secret ? await this.sessions.open(secret) : undefined;
    if (!session) return undefined;
    request.session = session;
    if (!SAFE.has(request.method)) this.mustBeOwnForm(request, session.id);
    return session.caller;
  }

  /** Removes the token from the body, since no DTO declares it. */
  private mustBeOwnForm(request: RequestWithSession, sessionId: string): void {
    const body = request.body as Record<string, unknown> | null | undefined;
    const isForm = typeof body === 'object' && body !== null && Object.hasOwn(body, '_csrf');
    const token = request.headers['x-csrf-token'] ?? (isForm ? body._csrf : undefined);
    if (isForm) delete body._csrf;
    if (isSameSite(request, this.settings.PUBLIC_URL) && this.sessions.isOwnForm(sessionId, token)) return;
    throw new ForbiddenException('This did not come from a form of this session.', { errorCode: 'FOREIGN_FORM' });
  }
}

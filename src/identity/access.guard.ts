import { type CanActivate, type ExecutionContext, ForbiddenException, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isPermitted } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { Limits } from '../platform/access/limits.service.js';
import type { Permission } from '../platform/access/permissions.js';
import { REQUIRED, type Required } from '../platform/access/requires.js';
import { forbidden, publicPagesClosed, unauthenticated } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { isInUse } from '../platform/mail/mail-hold.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { passkeyRequired } from './passkeys.service.js';
import { RequestCallers } from './request-callers.service.js';
import { isSameSite, type RequestWithSession } from './session-cookie.js';
import { WebSessions } from './web-sessions.service.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Clients get no pages, which are meant for people. */
const isOfApi = (url: string): boolean => url.startsWith('/v1/');
/** Permissions available to a session that still has to present a passkey. */
const OWN_ACCOUNT = new Set<Permission | undefined>(['me.read', 'me.write']);

/**
 * Denies by default: 401 without a caller, 403 without the route's permission; queries apply the scope. The caller is
 * identified by an API token or else by the session cookie; with a cookie, a change must come from a form of that
 * session. What was published needs no caller; on a restored copy it is 503.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly reflector: Reflector,
    private readonly callers: RequestCallers,
    private readonly sessions: WebSessions,
    private readonly limits: Limits,
    private readonly database: Database,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const required = this.reflector.get<Required | undefined>(REQUIRED, context.getHandler());
    if (required === 'everyone') return true;
    if (required === 'published') return this.mayShowPublished();
    const request = context.switchToHttp().getRequest<RequestWithSession>();
    const caller = await this.callerOf(request);
    if (!caller) {
      if (request.headers.authorization !== undefined) await this.limits.count('refused', 'address', request.ip);
      throw unauthenticated();
    }
    request.caller = caller;
    if (request.session?.needsPasskey && !OWN_ACCOUNT.has(required)) throw passkeyRequired();
    if (!required || !isPermitted(caller, required) || (caller.clientId && !isOfApi(request.url))) throw forbidden();
    return true;
  }

  private async mayShowPublished(): Promise<true> {
    if (await isInUse(this.database.reader)) return true;
    throw publicPagesClosed();
  }

  private async callerOf(request: RequestWithSession): Promise<Caller | undefined> {
    const requester = await this.callers.of(request);
    if (!requester?.session) return requester?.caller;
    request.session = requester.session;
    if (!SAFE.has(request.method)) this.mustBeOwnForm(request, requester.session.id);
    return requester.caller;
  }

  /** Removes the token from the body, since no DTO declares it. */
  private mustBeOwnForm(request: RequestWithSession, sessionId: string): void {
    const body = request.body as Record<string, unknown> | null | undefined;
    const isForm = typeof body === 'object' && body !== null && Object.hasOwn(body, '_csrf');
    const token = request.headers['x-csrf-token'] ?? (isForm ? body._csrf : undefined);
    if (isSameSite(request, this.settings.PUBLIC_URL) && this.sessions.isOwnForm(sessionId, token)) {
      if (isForm) delete body._csrf;
      return;
    }
    throw new ForbiddenException('This did not come from a form of this session.', { errorCode: 'FOREIGN_FORM' });
  }
}

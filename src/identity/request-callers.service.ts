import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../platform/access/caller.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { Callers } from './callers.service.js';
import { ClientCallers } from './clients/client-callers.service.js';
import { isOfClient } from './clients/client-tokens.rules.js';
import { readCookie } from './session-cookie.js';
import { type OpenSession, WebSessions } from './web-sessions.service.js';

const BEARER = /^Bearer ([\x21-\x7e]{1,200})$/i;

/** The caller of a request, identified by its API token or else by the session cookie. */
export interface Requester {
  caller: Caller;
  session?: OpenSession;
}

@Injectable()
export class RequestCallers {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly callers: Callers,
    private readonly sessions: WebSessions,
    private readonly clients: ClientCallers,
  ) {}

  /** With their current permissions; undefined if not or no longer signed in. */
  of(request: FastifyRequest): Promise<Requester | undefined> {
    return this.find(request, (secret) => this.sessions.open(secret));
  }

  /** The same for a request that is still being answered, which does not in itself count as use of the session. */
  still(request: FastifyRequest): Promise<Requester | undefined> {
    return this.find(request, (secret) => this.sessions.find(secret));
  }

  private async find(
    request: FastifyRequest,
    find: (secret: string) => Promise<OpenSession | undefined>,
  ): Promise<Requester | undefined> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = BEARER.exec(authorization)?.[1];
      const caller = token && (await (isOfClient(token) ? this.clients : this.callers).byToken(token));
      return caller ? { caller } : undefined;
    }
    const secret = readCookie(request, this.settings.PUBLIC_URL);
    const session = secret ? await find(secret) : undefined;
    return session && { caller: session.caller, session };
  }
}

import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isPermitted } from '../access/access.rules.js';
import type { RequestWithCaller } from '../access/caller.js';
import type { Permission } from '../access/permissions.js';
import { REQUIRED } from '../access/requires.js';
import { forbidden } from '../common/problems.js';
import { Callers } from './callers.service.js';

const BEARER = /^Bearer ([\x21-\x7e]{1,200})$/i;

/** Denies by default: 401 without a caller, 403 without the route's permission. How far it goes is for the query. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const required = this.reflector.get<Permission | 'everyone' | undefined>(REQUIRED, context.getHandler());
    if (required === 'everyone') return true;
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const caller = token ? await this.callers.byToken(token) : undefined;
    if (!caller) {
      throw new UnauthorizedException('Send a valid API token as "Authorization: Bearer …".', {
        errorCode: 'UNAUTHENTICATED',
      });
    }
    request.caller = caller;
    if (!required || !isPermitted(caller, required)) throw forbidden();
    return true;
  }
}

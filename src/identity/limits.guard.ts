import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { RequestWithCaller } from '../platform/access/caller.js';
import { askerAt, limitsOf } from '../platform/access/limits.rules.js';
import { Limits } from '../platform/access/limits.service.js';

/** Applies the rate limits per address and per person; 429 over the limit. */
@Injectable()
export class LimitsGuard implements CanActivate {
  constructor(private readonly limits: Limits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const { method, headers, ip, caller, body } = request;
    const route = request.routeOptions.url ?? '';
    const asker = askerAt(ip);
    for (const name of limitsOf({ method, route, accept: headers.accept ?? '' })) {
      await this.limits.count(name, 'address', asker);
      const person = name === 'sign-in' ? askedBy(asker, body) : (caller?.personId ?? caller?.clientId);
      if (person) await this.limits.count(name, 'person', person);
    }
    return true;
  }
}

/**
 * One requester and one e-mail address, known or not: a requester must not use up the attempts of the address's owner.
 */
function askedBy(asker: string, body: unknown): string | undefined {
  const typed = (body as { email?: unknown } | null | undefined)?.email;
  return typeof typed === 'string' ? `${asker} ${typed.trim().toLowerCase()}` : undefined;
}

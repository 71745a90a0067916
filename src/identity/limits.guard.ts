import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { RequestWithCaller } from '../platform/access/caller.js';
import { limitsOf } from '../platform/access/limits.rules.js';
import { Limits } from '../platform/access/limits.service.js';

/** Applies the rate limits per address and per person; 429 over the limit. */
@Injectable()
export class LimitsGuard implements CanActivate {
  constructor(private readonly limits: Limits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const { method, headers, ip, caller, body } = request;
    const route = request.routeOptions.url ?? '';
    for (const name of limitsOf({ method, route, accept: headers.accept ?? '' })) {
      await this.limits.count(name, 'address', ip);
      const person = caller?.personId ?? (name === 'sign-in' ? typedAddress(body) : undefined);
      if (person) await this.limits.count(name, 'person', person);
    }
    return true;
  }
}

/** Counts an e-mail address as one person, whether it is known or not. */
function typedAddress(body: unknown): string | undefined {
  const typed = (body as { email?: unknown } | null | undefined)?.email;
  return typeof typed === 'string' ? typed.trim().toLowerCase() : undefined;
}

import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { RequestWithCaller } from '../platform/access/caller.js';
import { limitsOf } from '../platform/access/limits.rules.js';
import { Limits } from '../platform/access/limits.service.js';

/** Answers 429 to who does something too often, per address and per person. */
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

/** Whoever an address belongs to, known or not, counts as one person. */
function typedAddress(body: unknown): string | undefined {
  const typed = (body as { email?: unknown } | null | undefined)?.email;
  return typeof typed === 'string' ? typed.trim().toLowerCase() : undefined;
}

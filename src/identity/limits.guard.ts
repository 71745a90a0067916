import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { RequestWithCaller } from '../platform/access/caller.js';
import { askerAt, type LimitName, limitsOf } from '../platform/access/limits.rules.js';
import { Limits } from '../platform/access/limits.service.js';

/** Applies the rate limits per address and per person; 429 over the limit. */
@Injectable()
export class LimitsGuard implements CanActivate {
  constructor(private readonly limits: Limits) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const { method, headers, routeOptions } = request;
    const names = limitsOf({ method, route: routeOptions.url ?? '', accept: headers.accept ?? '' });
    return names.length === 0 || this.countIn(names, request);
  }

  private async countIn(names: LimitName[], { ip, caller, body }: RequestWithCaller): Promise<true> {
    const asker = askerAt(ip);
    for (const name of names) {
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

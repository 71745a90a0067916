import { ForbiddenException } from '@nestjs/common';
import type { Actor } from './caller.js';

export const MINUTES_RECENT = 15;

/** Whether the person signed in on the pages at most 15 minutes ago; never true for a token. */
export function hasJustSignedIn({ signedInAt }: Pick<Actor, 'signedInAt'>, now: Date): boolean {
  return signedInAt !== undefined && now.getTime() - Date.parse(signedInAt) <= MINUTES_RECENT * 60_000;
}

/**
 * 403 unless the caller has just signed in: an unlocked screen or a lost token must not be enough to change who has
 * access. The operator's commands are exempt.
 */
export function mustHaveJustSignedIn(by: Actor, now: Date): void {
  if (by.how === 'command' || hasJustSignedIn(by, now)) return;
  throw new ForbiddenException('Sign in again on the pages to do this.', { errorCode: 'SIGN_IN_AGAIN' });
}

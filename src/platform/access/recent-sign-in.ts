import { ForbiddenException } from '@nestjs/common';
import type { Actor } from './caller.js';

export const MINUTES_RECENT = 15;

/** Whether somebody signed in on the pages at most 15 minutes ago; never for a program with a token. */
export function hasJustSignedIn({ signedInAt }: Pick<Actor, 'signedInAt'>, now: Date): boolean {
  return signedInAt !== undefined && now.getTime() - Date.parse(signedInAt) <= MINUTES_RECENT * 60_000;
}

/**
 * 403 for who has not just signed in: what decides who gets in is not changed on a screen that was left open, nor with a
 * token that was lost. A command of who runs the service is not asked.
 */
export function mustHaveJustSignedIn(by: Actor, now: Date): void {
  if (by.how === 'command' || hasJustSignedIn(by, now)) return;
  throw new ForbiddenException('Sign in again on the pages to do this.', { errorCode: 'SIGN_IN_AGAIN' });
}
